package cn.qingfeng.member.identity;

import cn.qingfeng.contract.member.BindingAppealsApi;
import cn.qingfeng.contract.member.model.BindingAppealList;
import cn.qingfeng.contract.member.model.NewBindingAppeal;
import cn.qingfeng.member.identity.Appealing.NewAppeal;
import cn.qingfeng.platform.idempotency.Idempotency;
import cn.qingfeng.platform.time.BusinessTime;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class AppealController implements BindingAppealsApi {

	private final Appealing appealing;

	private final Idempotency idempotency;

	AppealController(Appealing appealing, Idempotency idempotency) {
		this.appealing = appealing;
		this.idempotency = idempotency;
	}

	@Override
	public Mono<ResponseEntity<BindingAppealList>> listBindingAppeals(ServerWebExchange exchange) {
		return this.appealing.list()
			.map((appeals) -> appeals.stream().map(AppealController::view).toList())
			.map((appeals) -> ResponseEntity.ok(new BindingAppealList(appeals)));
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.member.model.BindingAppeal>> appealBinding(
			Mono<NewBindingAppeal> request, ServerWebExchange exchange) {
		return request.flatMap(
				(typed) -> this.idempotency.once(exchange, typed, cn.qingfeng.contract.member.model.BindingAppeal.class,
						Mono.defer(() -> this.appealing.submit(appeal(typed)))
							.map((appeal) -> ResponseEntity.status(HttpStatus.CREATED).body(view(appeal)))));
	}

	private static NewAppeal appeal(NewBindingAppeal typed) {
		return NewAppeal.of(typed.getName(), typed.getPhone(), typed.getReason(), typed.getContact(),
				typed.getPrivacyNotice());
	}

	private static cn.qingfeng.contract.member.model.BindingAppeal view(BindingAppeal appeal) {
		return new cn.qingfeng.contract.member.model.BindingAppeal().id(appeal.id())
			.state(cn.qingfeng.contract.member.model.BindingAppeal.StateEnum.fromValue(appeal.state()))
			.own(appeal.own())
			.submittedAt(BusinessTime.at(appeal.submittedAt()))
			.answer(appeal.answer())
			.decidedAt((appeal.decidedAt() != null) ? BusinessTime.at(appeal.decidedAt()) : null);
	}

}
