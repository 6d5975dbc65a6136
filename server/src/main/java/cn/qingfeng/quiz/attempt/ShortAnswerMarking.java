package cn.qingfeng.quiz.attempt;

import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.push.InboxNotices;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.attempt.Attempt.Outcome;
import cn.qingfeng.quiz.attempt.ShortAnswer.Mark;
import cn.qingfeng.quiz.round.PublishedRound;
import cn.qingfeng.quiz.round.PublishedRounds;
import cn.qingfeng.staff.Audit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * People look over what the machine gave for short answers, once a round is over. A mark
 * counts before the key; the attempt's score and, when that changed, a message to the
 * member follow in the same transaction.
 */
@Service
class ShortAnswerMarking {

	private static final UUID FIRST = new UUID(0, 0);

	private final PublishedRounds rounds;

	private final AttemptRepository attempts;

	private final ShortAnswers answers;

	private final InboxNotices notices;

	private final Transactions transactions;

	private final Audit audit;

	private final Clock clock;

	ShortAnswerMarking(PublishedRounds rounds, AttemptRepository attempts, ShortAnswers answers, InboxNotices notices,
			Transactions transactions, Audit audit, Clock clock) {
		this.rounds = rounds;
		this.attempts = attempts;
		this.answers = answers;
		this.notices = notices;
		this.transactions = transactions;
		this.audit = audit;
		this.clock = clock;
	}

	/** Question by question; 409 until the round is over. */
	Mono<Page<ShortAnswer>> page(RoundId roundId, @Nullable Boolean marked, int limit, @Nullable String cursor) {
		Optional<Cursor> after = Cursor.decode(cursor, UUID.class, UUID.class);
		return over(roundId)
			.flatMap((round) -> this.answers.page(roundId, marked,
					after.map((keys) -> keys.get(0, UUID.class)).orElse(FIRST),
					after.map((keys) -> keys.get(1, UUID.class)).orElse(FIRST), limit + 1))
			.map((rows) -> Page.of(rows, limit, (last) -> Cursor.encode(last.questionId(), last.attemptId())));
	}

	/**
	 * Marks an answer; marked again, the later mark counts.
	 * @param attemptId of the attempt
	 * @param questionId on its paper
	 * @param mark with its reason
	 * @param byStaff who marks
	 * @return the answer with its mark; 404 for none, 409 until the round is over
	 */
	Mono<ShortAnswer> mark(UUID attemptId, UUID questionId, Mark mark, UUID byStaff) {
		return this.attempts.find(attemptId)
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.flatMap((attempt) -> over(attempt.roundId()))
			.flatMap((round) -> this.transactions
				.inTransaction(held(attemptId).flatMap((attempt) -> mark(round, attempt, questionId, mark, byStaff))));
	}

	private Mono<ShortAnswer> mark(PublishedRound round, Attempt attempt, UUID questionId, Mark mark, UUID byStaff) {
		Mono<ShortAnswer> answer = this.answers.find(round.id(), attempt.id(), questionId);
		return answer.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.flatMap((found) -> this.answers.mark(attempt.id(), questionId, mark, byStaff, this.clock.instant()))
			.then(Mono.defer(() -> rescore(round, attempt, questionId, mark)))
			.then(answer);
	}

	private Mono<PublishedRound> over(RoundId roundId) {
		return this.rounds.get(roundId)
			.filter((round) -> round.isOver(this.clock.instant()))
			.switchIfEmpty(Mono.error(RoundRunningProblem::new));
	}

	/** The attempt, which nobody else changes until the transaction ends. */
	private Mono<Attempt> held(UUID attemptId) {
		return this.attempts.lock(Set.of(attemptId))
			.flatMap((found) -> Mono.justOrEmpty(found.stream().findFirst()))
			.filter((attempt) -> !attempt.isOpen())
			.switchIfEmpty(Mono.error(NotFoundProblem::new));
	}

	/**
	 * A paper that a correction is yet to reach keeps its score until then, so that the
	 * correction is what changes it and keeps what it was.
	 */
	private Mono<Void> rescore(PublishedRound round, Attempt attempt, UUID questionId, Mark mark) {
		Outcome outcome = Objects.requireNonNull(attempt.outcome());
		Score before = outcome.score();
		return this.attempts.findAnswered(attempt.id())
			.flatMap((answered) -> this.rounds.presentKey(round.id())
				.map((key) -> (key.version() != outcome.keyVersion()) ? before : answered.score(round, key)))
			.flatMap((after) -> this.answers.rescore(attempt.id(), after)
				.then(Mono.defer(() -> this.audit.record("quiz.mark", attempt.id().toString(),
						words(before, after, questionId, mark))))
				.then(Mono.defer(() -> after.equals(before) ? Mono.empty() : tell(round, attempt))));
	}

	private Mono<Void> tell(PublishedRound round, Attempt attempt) {
		return this.notices.tell(attempt.memberId(), "您的答题成绩有变化", "“%s”的简答题已经人工评阅，请查看新的成绩。".formatted(round.title()),
				"/m/#/pages/quiz/index");
	}

	private static String words(Score before, Score after, UUID questionId, Mark mark) {
		return "question %s: %d %%, score %d before and %d after: %s".formatted(questionId, mark.percent(),
				before.points(), after.points(), mark.reason());
	}

}
