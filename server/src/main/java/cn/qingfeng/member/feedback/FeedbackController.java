package cn.qingfeng.member.feedback;

import java.util.UUID;

import cn.qingfeng.contract.member.FeedbackApi;
import cn.qingfeng.contract.member.model.FeedbackKind;
import cn.qingfeng.contract.member.model.FeedbackPage;
import cn.qingfeng.contract.member.model.NewFeedback;
import cn.qingfeng.platform.idempotency.Idempotency;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.platform.time.BusinessTime;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class FeedbackController implements FeedbackApi {

	static final UUID AFTER_ALL = new UUID(-1, -1);

	private final FeedbackSending sending;

	private final FeedbackStore store;

	private final Idempotency idempotency;

	FeedbackController(FeedbackSending sending, FeedbackStore store, Idempotency idempotency) {
		this.sending = sending;
		this.store = store;
		this.idempotency = idempotency;
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.member.model.Feedback>> sendFeedback(Mono<NewFeedback> request,
			ServerWebExchange exchange) {
		return request
			.flatMap((typed) -> this.idempotency.once(exchange, typed, cn.qingfeng.contract.member.model.Feedback.class,
					Mono.defer(() -> this.sending.send(typed.getKind().getValue(), typed.getText(),
							Boolean.TRUE.equals(typed.getAnonymous())))
						.map((sent) -> ResponseEntity.status(HttpStatus.CREATED).body(view(sent)))));
	}

	@Override
	public Mono<ResponseEntity<FeedbackPage>> listMyFeedback(Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		int size = Page.limit(limit);
		UUID before = Cursor.decode(cursor, UUID.class).map((last) -> last.get(0, UUID.class)).orElse(AFTER_ALL);
		return CurrentMember.memberId()
			.flatMap((memberId) -> this.store.ofMember(memberId, before, size + 1))
			.map((rows) -> Page.of(rows, size, (row) -> Cursor.encode(row.id())).map(FeedbackController::view))
			.map((page) -> ResponseEntity.ok(new FeedbackPage(page.items(), page.nextCursor())));
	}

	private static cn.qingfeng.contract.member.model.Feedback view(Feedback message) {
		return new cn.qingfeng.contract.member.model.Feedback().id(message.id())
			.kind(FeedbackKind.fromValue(message.kind()))
			.text(message.text())
			.anonymous(message.anonymous())
			.submittedAt(BusinessTime.at(message.submittedAt()))
			.dueOn(message.dueOn())
			.answer(message.answer())
			.answeredAt((message.answeredAt() != null) ? BusinessTime.at(message.answeredAt()) : null);
	}

}
