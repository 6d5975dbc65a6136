package cn.qingfeng.quiz.attempt;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.attempt.AttemptRepository.TitledAttempt;
import cn.qingfeng.quiz.attempt.AttemptStarting.Started;
import cn.qingfeng.quiz.attempt.MarkedAttempt.Regraded;
import cn.qingfeng.quiz.attempt.MarkedAttempt.ReviewedQuestion;
import cn.qingfeng.quiz.bank.Written;
import cn.qingfeng.quiz.round.AnswerKey;
import cn.qingfeng.quiz.round.PublishedRound;
import cn.qingfeng.quiz.round.PublishedRounds;
import cn.qingfeng.quiz.round.ReviewPolicy;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * What members may see of their own attempts; the only place that shows a key.
 */
@Service
class AttemptReading {

	private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

	private static final UUID LAST = new UUID(-1, -1);

	private final Sheets sheets;

	private final AttemptRepository attempts;

	private final RegradingRepository regradings;

	private final PublishedRounds rounds;

	private final Clock clock;

	AttemptReading(Sheets sheets, AttemptRepository attempts, RegradingRepository regradings, PublishedRounds rounds,
			Clock clock) {
		this.sheets = sheets;
		this.attempts = attempts;
		this.regradings = regradings;
		this.rounds = rounds;
		this.clock = clock;
	}

	Mono<MarkedPaper> own(UUID attemptId, UUID memberId) {
		return this.sheets.own(attemptId, memberId)
			.flatMap((sheet) -> this.attempts.findAnswered(attemptId)
				.flatMap((answered) -> this.regradings.of(answered.attempt())
					.flatMap((regradings) -> marked(answered, regradings)))
				.map((marked) -> new MarkedPaper(sheet, marked)))
			.switchIfEmpty(Mono.error(NotFoundProblem::new));
	}

	/** May run in the transaction that began the attempt. */
	Mono<MarkedPaper> started(Started started) {
		Attempt attempt = started.attempt();
		Mono<AnsweredAttempt> answered = started.fresh() ? Mono.just(new AnsweredAttempt(attempt, List.of()))
				: this.attempts.findAnswered(attempt.id());
		return this.rounds.get(attempt.roundId())
			.flatMap((round) -> this.sheets.of(attempt, round))
			.flatMap((sheet) -> answered.flatMap(this::marked).map((marked) -> new MarkedPaper(sheet, marked)));
	}

	/** Its questions are drawn for a review only. */
	Mono<MarkedAttempt> marked(AnsweredAttempt answered) {
		return marked(answered, List.of());
	}

	private Mono<MarkedAttempt> marked(AnsweredAttempt answered, List<Regraded> regradings) {
		return this.rounds.get(answered.attempt().roundId())
			.flatMap((round) -> mayReview(round, answered.attempt())
				.flatMap((may) -> may ? reviewed(round, answered, regradings)
						: Mono.just(new MarkedAttempt(answered, null, regradings))));
	}

	private Mono<MarkedAttempt> reviewed(PublishedRound round, AnsweredAttempt answered, List<Regraded> regradings) {
		return this.rounds.key(round.id())
			.zipWith(remarks(answered))
			.map((known) -> review(this.sheets.paper(answered.attempt(), round), answered, known.getT1(),
					known.getT2()))
			.map((review) -> new MarkedAttempt(answered, review, regradings));
	}

	/** As it will be told when this closing is written; without a query. */
	MarkedAttempt atClosing(AnsweredAttempt closed, PublishedRound round, AnswerKey key) {
		Attempt attempt = closed.attempt();
		boolean may = mayReview(round, isLast(round, attempt));
		return new MarkedAttempt(closed, may ? review(this.sheets.paper(attempt, round), closed, key, Map.of()) : null,
				List.of());
	}

	Mono<Page<TitledAttempt>> page(UUID memberId, int limit, @Nullable String cursor) {
		Optional<Cursor> after = Cursor.decode(cursor, Instant.class, UUID.class);
		return this.attempts
			.page(memberId, after.map((keys) -> keys.get(0, Instant.class)).orElse(END_OF_TIME),
					after.map((keys) -> keys.get(1, UUID.class)).orElse(LAST), limit + 1)
			.map((rows) -> Page.of(rows, limit,
					(last) -> Cursor.encode(last.attempt().startedAt(), last.attempt().id())));
	}

	Mono<Standing> standing(RoundId roundId, UUID memberId) {
		return this.attempts.standing(roundId, memberId, this.clock.instant().minus(PublishedRound.GRACE));
	}

	private Mono<Boolean> mayReview(PublishedRound round, Attempt attempt) {
		if (attempt.isOpen()) {
			return Mono.just(false);
		}
		boolean may = mayReview(round, isLast(round, attempt));
		return (may || round.reviewPolicy() != ReviewPolicy.AFTER_SUBMISSION) ? Mono.just(may)
				: this.attempts.newest(round.id(), attempt.memberId())
					.map((newest) -> isLast(round, newest) && !newest.isOpen());
	}

	/** The key would help in an attempt that is yet to come. */
	private boolean mayReview(PublishedRound round, boolean allUsed) {
		boolean over = round.isOver(this.clock.instant());
		return switch (round.reviewPolicy()) {
			case NEVER -> false;
			case AFTER_CLOSING -> over;
			case AFTER_SUBMISSION -> over || allUsed;
		};
	}

	private static boolean isLast(PublishedRound round, Attempt attempt) {
		return attempt.number() == round.attemptsAllowed();
	}

	private Mono<Map<UUID, String>> remarks(AnsweredAttempt answered) {
		boolean marked = answered.answers().stream().anyMatch((answer) -> answer.mark() != null);
		return marked ? this.attempts.remarks(answered.attempt().id()) : Mono.just(Map.of());
	}

	private static List<ReviewedQuestion> review(Paper paper, AnsweredAttempt answered, AnswerKey key,
			Map<UUID, String> remarks) {
		Map<UUID, SavedAnswer> given = answered.byQuestion();
		return paper.questions()
			.stream()
			.map((question) -> review(question, given.get(question.id()), key, remarks.get(question.id())))
			.toList();
	}

	private static ReviewedQuestion review(PaperQuestion question, @Nullable SavedAnswer given, AnswerKey key,
			@Nullable String remark) {
		AnswerKey.Entry entry = key.of(question.id());
		boolean everyoneRight = key.everyoneRight().contains(question.id());
		int credit = everyoneRight ? Written.FULL_CREDIT : (given != null) ? given.credit(entry) : 0;
		return new ReviewedQuestion(question.id(), credit == Written.FULL_CREDIT, everyoneRight,
				Written.percent(credit), remark, question.optionIds(entry.options()), entry.accepted(),
				entry.explanation(), entry.source());
	}

}
