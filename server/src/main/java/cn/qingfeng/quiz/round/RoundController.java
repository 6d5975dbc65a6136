package cn.qingfeng.quiz.round;

import java.util.UUID;

import cn.qingfeng.contract.admin.QuizzesApi;
import cn.qingfeng.contract.admin.model.Quiz;
import cn.qingfeng.contract.admin.model.QuizDraft;
import cn.qingfeng.contract.admin.model.QuizEnd;
import cn.qingfeng.contract.admin.model.QuizPage;
import cn.qingfeng.contract.admin.model.QuizPublication;
import cn.qingfeng.contract.admin.model.QuizQuestions;
import cn.qingfeng.contract.admin.model.QuizWithdrawal;
import cn.qingfeng.platform.idempotency.Idempotency;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.platform.web.Versions;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.RoundSummary;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Rounds as staff define and publish them.
 */
@RestController
class RoundController implements QuizzesApi {

	private final RoundDrafting drafting;

	private final RoundPublishing publishing;

	private final RoundCatalogue catalogue;

	private final RoundBodies bodies;

	private final Idempotency idempotency;

	RoundController(RoundDrafting drafting, RoundPublishing publishing, RoundCatalogue catalogue, RoundBodies bodies,
			Idempotency idempotency) {
		this.drafting = drafting;
		this.publishing = publishing;
		this.catalogue = catalogue;
		this.bodies = bodies;
		this.idempotency = idempotency;
	}

	@Override
	public Mono<ResponseEntity<QuizPage>> listQuizzes(Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		return this.catalogue.all(Page.limit(limit), cursor).map(this::page).map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<Quiz>> getQuiz(UUID id, ServerWebExchange exchange) {
		return this.drafting.get(new RoundId(id)).map((round) -> answer(HttpStatus.OK, round));
	}

	@Override
	public Mono<ResponseEntity<Quiz>> createQuiz(Mono<QuizDraft> quizDraft, ServerWebExchange exchange) {
		return quizDraft.flatMap((draft) -> this.idempotency.once(exchange, draft, Quiz.class,
				CurrentStaff.mono()
					.flatMap((staff) -> this.drafting.create(RoundBodies.definition(draft), staff.staffId()))
					.map((round) -> answer(HttpStatus.CREATED, round))));
	}

	@Override
	public Mono<ResponseEntity<Quiz>> updateQuiz(UUID id, String ifMatch, Mono<QuizDraft> quizDraft,
			ServerWebExchange exchange) {
		return quizDraft
			.flatMap((draft) -> CurrentStaff.mono()
				.flatMap((staff) -> this.drafting.change(new RoundId(id), Versions.of(ifMatch),
						RoundBodies.definition(draft), staff.staffId())))
			.map((round) -> answer(HttpStatus.OK, round));
	}

	@Override
	public Mono<ResponseEntity<QuizQuestions>> getQuizQuestions(UUID id, ServerWebExchange exchange) {
		return this.publishing.preview(new RoundId(id)).map(RoundBodies::questions).map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<Quiz>> publishQuiz(UUID id, Mono<QuizPublication> quizPublication,
			ServerWebExchange exchange) {
		return quizPublication.defaultIfEmpty(new QuizPublication())
			.flatMap((signed) -> this.idempotency.once(exchange, signed, Quiz.class,
					CurrentStaff.mono()
						.flatMap((staff) -> this.publishing.publishAlone(new RoundId(id), signed.getContentHash(),
								staff.staffId()))
						.map((round) -> answer(HttpStatus.OK, round))));
	}

	@Override
	public Mono<ResponseEntity<Quiz>> moveQuizEnd(UUID id, Mono<QuizEnd> quizEnd, ServerWebExchange exchange) {
		return quizEnd
			.flatMap((end) -> this.publishing.moveEnd(new RoundId(id), end.getClosesAt().toInstant(), end.getReason()))
			.map((round) -> answer(HttpStatus.OK, round));
	}

	@Override
	public Mono<ResponseEntity<Quiz>> withdrawQuiz(UUID id, Mono<QuizWithdrawal> quizWithdrawal,
			ServerWebExchange exchange) {
		return quizWithdrawal.flatMap((withdrawal) -> this.idempotency.once(exchange, withdrawal, Quiz.class,
				this.publishing.withdraw(new RoundId(id), withdrawal.getReason())
					.map((round) -> answer(HttpStatus.OK, round))));
	}

	private ResponseEntity<Quiz> answer(HttpStatus status, Round round) {
		return ResponseEntity.status(status).eTag(Versions.etag(round.version())).body(this.bodies.quiz(round));
	}

	private QuizPage page(Page<RoundSummary> page) {
		QuizPage body = new QuizPage();
		body.setItems(page.items().stream().map(this.bodies::summary).toList());
		body.setNextCursor(page.nextCursor());
		return body;
	}

}
