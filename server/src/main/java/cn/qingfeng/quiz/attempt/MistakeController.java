package cn.qingfeng.quiz.attempt;

import java.util.UUID;

import cn.qingfeng.contract.member.MistakesApi;
import cn.qingfeng.contract.member.model.MistakePage;
import cn.qingfeng.contract.member.model.Practice;
import cn.qingfeng.contract.member.model.PracticeRequest;
import cn.qingfeng.contract.member.model.PracticeVerdict;
import cn.qingfeng.platform.idempotency.Idempotency;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.security.CurrentMember;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class MistakeController implements MistakesApi {

	private final MistakesBook book;

	private final MistakePractising practising;

	private final MistakeBodies bodies;

	private final Idempotency idempotency;

	MistakeController(MistakesBook book, MistakePractising practising, MistakeBodies bodies, Idempotency idempotency) {
		this.book = book;
		this.practising = practising;
		this.bodies = bodies;
		this.idempotency = idempotency;
	}

	@Override
	public Mono<ResponseEntity<MistakePage>> listMistakes(Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		return CurrentMember.memberId()
			.flatMap((member) -> this.book.page(member, Page.limit(limit), cursor))
			.map(this::page)
			.map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<Practice>> drawPractice(Integer limit, ServerWebExchange exchange) {
		return CurrentMember.memberId()
			.flatMap((member) -> this.book.practice(member, Page.limit(limit)))
			.map(this.bodies::practice)
			.map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<PracticeVerdict>> practiseMistake(UUID id, Mono<PracticeRequest> practiceRequest,
			ServerWebExchange exchange) {
		return practiceRequest.flatMap((request) -> this.idempotency
			.once(exchange, request, PracticeVerdict.class, CurrentMember.memberId()
				.flatMap((member) -> this.practising.practise(member, id, request.getOptionIds(), request.getText()))
				.map(this.bodies::verdict)
				.map(ResponseEntity::ok)));
	}

	private MistakePage page(Page<Mistake> page) {
		MistakePage body = new MistakePage();
		body.setItems(page.items().stream().map(this.bodies::mistake).toList());
		body.setNextCursor(page.nextCursor());
		return body;
	}

}
