package cn.qingfeng.member.feedback;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import cn.qingfeng.contract.admin.FeedbackApi;
import cn.qingfeng.contract.admin.model.FeedbackAnswer;
import cn.qingfeng.contract.admin.model.FeedbackItem;
import cn.qingfeng.contract.admin.model.FeedbackItemPage;
import cn.qingfeng.contract.admin.model.FeedbackKind;
import cn.qingfeng.contract.admin.model.FeedbackState;
import cn.qingfeng.contract.admin.model.FeedbackWriter;
import cn.qingfeng.member.MemberName;
import cn.qingfeng.member.Members;
import cn.qingfeng.member.feedback.FeedbackStore.Wanted;
import cn.qingfeng.platform.idempotency.Idempotency;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.time.BusinessTime;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class FeedbackDeskController implements FeedbackApi {

	private final FeedbackAnswering answering;

	private final Members members;

	private final Idempotency idempotency;

	private final Clock clock;

	FeedbackDeskController(FeedbackAnswering answering, Members members, Idempotency idempotency, Clock clock) {
		this.answering = answering;
		this.members = members;
		this.idempotency = idempotency;
		this.clock = clock;
	}

	@Override
	public Mono<ResponseEntity<FeedbackItemPage>> listFeedback(@Nullable FeedbackState state, Integer limit,
			@Nullable String cursor, ServerWebExchange exchange) {
		int size = Page.limit(limit);
		Wanted wanted = (state != null) ? Wanted.valueOf(state.getValue()) : Wanted.ALL;
		UUID before = Cursor.decode(cursor, UUID.class)
			.map((last) -> last.get(0, UUID.class))
			.orElse(FeedbackController.AFTER_ALL);
		return this.answering.list(wanted, before, size + 1)
			.map((rows) -> Page.of(rows, size, (row) -> Cursor.encode(row.id())))
			.flatMap((page) -> named(page.items())
				.map((items) -> ResponseEntity.ok(new FeedbackItemPage(items, page.nextCursor()))));
	}

	@Override
	public Mono<ResponseEntity<FeedbackItem>> answerFeedback(UUID id, Mono<FeedbackAnswer> request,
			ServerWebExchange exchange) {
		return request.flatMap((typed) -> this.idempotency.once(exchange, typed, FeedbackItem.class,
				Mono.defer(() -> this.answering.answer(id, typed.getText()))
					.flatMap((answered) -> named(List.of(answered)))
					.map((items) -> ResponseEntity.ok(items.getFirst()))));
	}

	private Mono<List<FeedbackItem>> named(List<Feedback> messages) {
		Set<UUID> writers = messages.stream()
			.filter((message) -> !message.anonymous())
			.map(Feedback::memberId)
			.collect(Collectors.toSet());
		LocalDate today = BusinessTime.today(this.clock);
		return this.members.names(writers)
			.map((names) -> messages.stream().map((message) -> view(message, names, today)).toList());
	}

	private static FeedbackItem view(Feedback message, Map<UUID, MemberName> names, LocalDate today) {
		MemberName name = message.anonymous() ? null : names.get(message.memberId());
		return new FeedbackItem().id(message.id())
			.kind(FeedbackKind.fromValue(message.kind()))
			.text(message.text())
			.writer((name != null) ? new FeedbackWriter(name.name(), name.unitName()) : null)
			.submittedAt(BusinessTime.at(message.submittedAt()))
			.dueOn(message.dueOn())
			.overdue(message.isOverdue(today))
			.answer(message.answer())
			.answeredAt((message.answeredAt() != null) ? BusinessTime.at(message.answeredAt()) : null);
	}

}
