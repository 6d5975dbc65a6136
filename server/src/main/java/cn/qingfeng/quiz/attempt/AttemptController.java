package cn.qingfeng.quiz.attempt;

import java.net.URI;
import java.util.UUID;

import cn.qingfeng.contract.member.AttemptsApi;
import cn.qingfeng.contract.member.model.AnswerRequest;
import cn.qingfeng.contract.member.model.AttemptPage;
import cn.qingfeng.contract.member.model.Result;
import cn.qingfeng.platform.idempotency.Idempotency;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.attempt.AnswerSaving.GivenAnswer;
import cn.qingfeng.quiz.attempt.AttemptRepository.TitledAttempt;
import cn.qingfeng.quiz.attempt.AttemptStarting.Started;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class AttemptController implements AttemptsApi {

	private final AttemptStarting starting;

	private final AnswerSaving saving;

	private final Submissions submissions;

	private final AttemptReading reading;

	private final AttemptBodies bodies;

	private final Idempotency idempotency;

	AttemptController(AttemptStarting starting, AnswerSaving saving, Submissions submissions, AttemptReading reading,
			AttemptBodies bodies, Idempotency idempotency) {
		this.starting = starting;
		this.saving = saving;
		this.submissions = submissions;
		this.reading = reading;
		this.bodies = bodies;
		this.idempotency = idempotency;
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.member.model.Attempt>> startAttempt(UUID id,
			ServerWebExchange exchange) {
		Mono<ResponseEntity<cn.qingfeng.contract.member.model.Attempt>> work = CurrentMember.memberId()
			.flatMap((member) -> this.starting.start(new RoundId(id), member, Origin.of(exchange)))
			.flatMap(this::begun);
		return this.idempotency.once(exchange, "", cn.qingfeng.contract.member.model.Attempt.class, work);
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.member.model.Attempt>> getAttempt(UUID id,
			ServerWebExchange exchange) {
		return CurrentMember.memberId()
			.flatMap((member) -> this.reading.own(id, member))
			.map(this.bodies::attempt)
			.map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<AttemptPage>> listMyAttempts(Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		return CurrentMember.memberId()
			.flatMap((member) -> this.reading.page(member, Page.limit(limit), cursor))
			.map(this::page)
			.map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<Void>> saveAnswer(UUID id, UUID questionId, Mono<AnswerRequest> answerRequest,
			ServerWebExchange exchange) {
		return answerRequest
			.map((request) -> new GivenAnswer(id, questionId, request.getOptionIds(), request.getText(),
					request.getVersion()))
			.flatMap((answer) -> CurrentMember.memberId().flatMap((member) -> this.saving.save(answer, member)))
			.thenReturn(ResponseEntity.noContent().build());
	}

	/** The same result however often it is asked for, so it needs no idempotency key. */
	@Override
	public Mono<ResponseEntity<Result>> submitAttempt(UUID id, ServerWebExchange exchange) {
		return CurrentMember.memberId()
			.flatMap((member) -> this.submissions.submit(id, member))
			.map((receipt) -> this.bodies.result(receipt.marked()))
			.map(ResponseEntity::ok);
	}

	private Mono<ResponseEntity<cn.qingfeng.contract.member.model.Attempt>> begun(Started started) {
		URI location = URI.create("/api/v1/attempts/" + started.attempt().id());
		return this.reading.started(started)
			.map(this.bodies::attempt)
			.map((body) -> started.fresh() ? ResponseEntity.created(location).body(body) : ResponseEntity.ok(body));
	}

	private AttemptPage page(Page<TitledAttempt> page) {
		AttemptPage body = new AttemptPage();
		body.setItems(page.items().stream().map(this.bodies::summary).toList());
		body.setNextCursor(page.nextCursor());
		return body;
	}

}
