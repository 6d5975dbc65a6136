package cn.qingfeng.member.identity;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

import cn.qingfeng.contract.admin.BindingAppealsApi;
import cn.qingfeng.contract.admin.model.AppealDecision;
import cn.qingfeng.contract.admin.model.AppealMember;
import cn.qingfeng.contract.admin.model.AppealState;
import cn.qingfeng.contract.admin.model.BindingAppealPage;
import cn.qingfeng.contract.admin.model.PhoneView;
import cn.qingfeng.contract.admin.model.ViewPurpose;
import cn.qingfeng.member.identity.AppealDesk.Item;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.time.BusinessTime;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class AppealDeskController implements BindingAppealsApi {

	private static final UUID AFTER_ALL = new UUID(-1, -1);

	private final AppealDeciding deciding;

	AppealDeskController(AppealDeciding deciding) {
		this.deciding = deciding;
	}

	@Override
	public Mono<ResponseEntity<BindingAppealPage>> listBindingAppeals(@Nullable AppealState state, Integer limit,
			@Nullable String cursor, ServerWebExchange exchange) {
		int size = Page.limit(limit);
		UUID before = Cursor.decode(cursor, UUID.class).map((last) -> last.get(0, UUID.class)).orElse(AFTER_ALL);
		return this.deciding.list((state != null) ? state.getValue() : null, before, size + 1)
			.map((rows) -> Page.of(rows, size, (row) -> Cursor.encode(row.id())).map(AppealDeskController::view))
			.map((page) -> ResponseEntity.ok(new BindingAppealPage(page.items(), page.nextCursor())));
	}

	@Override
	public Mono<ResponseEntity<PhoneView>> viewAppealContact(UUID id, Mono<ViewPurpose> request,
			ServerWebExchange exchange) {
		return request.flatMap((typed) -> this.deciding.viewContact(id, typed.getPurpose()))
			.map((phone) -> ResponseEntity.status(HttpStatus.CREATED).body(new PhoneView(phone)));
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.BindingAppeal>> decideBindingAppeal(UUID id,
			Mono<AppealDecision> request, ServerWebExchange exchange) {
		return request
			.flatMap((typed) -> this.deciding.decide(id, typed.getVerdict() == AppealDecision.VerdictEnum.APPROVE,
					typed.getAnswer()))
			.map((item) -> ResponseEntity.ok(view(item)));
	}

	private static cn.qingfeng.contract.admin.model.BindingAppeal view(Item item) {
		return new cn.qingfeng.contract.admin.model.BindingAppeal().id(item.id())
			.name(item.name())
			.reason(item.reason())
			.maskedContact(item.contactMasked())
			.submittedAt(BusinessTime.at(item.submittedAt()))
			.state(AppealState.fromValue(item.state()))
			.member(member(item))
			.answer(item.answer())
			.decidedAt(at(item.decidedAt()));
	}

	private static @Nullable AppealMember member(Item item) {
		return (item.memberId() != null) ? new AppealMember().id(item.memberId())
			.number(item.memberNumber())
			.name(item.memberName())
			.unitName(item.unitName())
			.bound(item.boundAt() != null)
			.boundAt(at(item.boundAt())) : null;
	}

	private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
		return (instant != null) ? BusinessTime.at(instant) : null;
	}

}
