package cn.qingfeng.quiz.attempt;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import cn.qingfeng.platform.batch.NaturalBatcher;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.round.AnswerKey;
import cn.qingfeng.quiz.round.PublishedRound;
import cn.qingfeng.quiz.round.PublishedRounds;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Handing in: by the member, many at once in one transaction, or by the deadline, on
 * whichever node comes first. An attempt is locked, scored from the answers that are
 * stored by then, and closed; who comes second gets the first result.
 */
@Service
class Submissions {

	private static final int LANES = 4;

	private static final int MOST_AT_ONCE = 128;

	private static final Duration LOOK = Duration.ofSeconds(1);

	private static final Logger log = LoggerFactory.getLogger(Submissions.class);

	private final AttemptRepository attempts;

	private final PublishedRounds rounds;

	private final Transactions transactions;

	private final Clock clock;

	private final NaturalBatcher<Submission, Optional<AnsweredAttempt>> batcher;

	Submissions(AttemptRepository attempts, PublishedRounds rounds, Transactions transactions, BackgroundLoops loops,
			MeterRegistry meters, Clock clock) {
		this.attempts = attempts;
		this.rounds = rounds;
		this.transactions = transactions;
		this.clock = clock;
		this.batcher = new NaturalBatcher<>("quiz-submissions", LANES, MOST_AT_ONCE, this::settle, meters);
		loops.start("quiz-deadlines", LOOK, this::closeOverdue);
	}

	/**
	 * Safe to call again: the first result stands. 404 for a foreign attempt as for none.
	 */
	Mono<AnsweredAttempt> submit(UUID attemptId, UUID memberId) {
		return Mono.fromSupplier(() -> new Submission(attemptId, memberId, this.clock.instant()))
			.flatMap(this.batcher::submit)
			.flatMap(Mono::justOrEmpty)
			.switchIfEmpty(Mono.error(NotFoundProblem::new));
	}

	/** One round of the loop; true when there may be more. */
	Mono<Boolean> closeOverdue() {
		Instant deadline = this.clock.instant().minus(PublishedRound.GRACE);
		return this.attempts.overdue(deadline, MOST_AT_ONCE)
			.flatMap((overdue) -> overdue.isEmpty() ? Mono.just(false)
					: closeOverdue(overdue).thenReturn(overdue.size() == MOST_AT_ONCE));
	}

	private Mono<Void> closeOverdue(List<Attempt> overdue) {
		Instant now = this.clock.instant();
		List<UUID> ids = overdue.stream().map(Attempt::id).toList();
		return this.transactions
			.inTransaction(this.attempts.lockFree(ids).flatMap(this::answered).flatMap((held) -> close(held, now)))
			.doOnNext((closed) -> log.info("{} attempts handed in at their deadline", closed.size()))
			.then();
	}

	private Mono<List<AnsweredAttempt>> answered(List<Attempt> locked) {
		return this.attempts.answers(locked.stream().map(Attempt::id).toList())
			.map((answers) -> locked.stream()
				.map((attempt) -> new AnsweredAttempt(attempt, answers.getOrDefault(attempt.id(), List.of())))
				.toList());
	}

	private Mono<Map<UUID, AnsweredAttempt>> close(List<AnsweredAttempt> held, Instant at) {
		return close(held.stream().map((attempt) -> new Wanted(attempt, at)).toList());
	}

	private Mono<List<Optional<AnsweredAttempt>>> settle(List<Submission> submissions) {
		Set<UUID> ids = submissions.stream().map(Submission::attemptId).collect(Collectors.toSet());
		return this.transactions
			.inTransaction(this.attempts.hold(ids).flatMap((held) -> close(wanted(held, submissions))))
			.map((settled) -> submissions.stream().map((submission) -> submission.answer(settled)).toList());
	}

	/** Attempts whose members want to hand them in, each with the first time of it. */
	private static List<Wanted> wanted(List<AnsweredAttempt> held, List<Submission> submissions) {
		Map<UUID, AnsweredAttempt> byId = held.stream()
			.collect(Collectors.toMap((answered) -> answered.attempt().id(), Function.identity()));
		Map<UUID, Wanted> wanted = new LinkedHashMap<>();
		for (Submission submission : submissions) {
			AnsweredAttempt answered = byId.get(submission.attemptId());
			if (answered != null && submission.isOf(answered)) {
				wanted.putIfAbsent(submission.attemptId(), new Wanted(answered, submission.at()));
			}
		}
		return List.copyOf(wanted.values());
	}

	/** Of attempts that the transaction holds; those that are closed stay as they are. */
	private Mono<Map<UUID, AnsweredAttempt>> close(List<Wanted> wanted) {
		return scales(wanted).map((scales) -> Closing.of(wanted, scales))
			.flatMap((closing) -> this.attempts.close(closing.closed)
				.then(this.attempts.grade(closing.grades))
				.thenReturn(closing.attempts));
	}

	private Mono<Map<RoundId, Scale>> scales(List<Wanted> wanted) {
		return Flux.fromStream(() -> wanted.stream().map(Wanted::roundId).distinct())
			.concatMap((id) -> this.rounds.get(id).zipWith(this.rounds.key(id), Scale::new))
			.collectMap((scale) -> scale.round().id());
	}

	/**
	 * A wish to hand in.
	 *
	 * @param attemptId what
	 * @param memberId who wishes it
	 * @param at when it reached us
	 */
	private record Submission(UUID attemptId, UUID memberId, Instant at) {

		boolean isOf(AnsweredAttempt answered) {
			return answered.attempt().memberId().equals(this.memberId);
		}

		Optional<AnsweredAttempt> answer(Map<UUID, AnsweredAttempt> settled) {
			return Optional.ofNullable(settled.get(this.attemptId)).filter(this::isOf);
		}

	}

	/**
	 * An attempt that is to be closed.
	 *
	 * @param answered as the transaction holds it
	 * @param at when
	 */
	private record Wanted(AnsweredAttempt answered, Instant at) {

		RoundId roundId() {
			return this.answered.attempt().roundId();
		}

	}

	/**
	 * What the papers of a round are scored by.
	 *
	 * @param round with its pass mark
	 * @param key with its version
	 */
	private record Scale(PublishedRound round, AnswerKey key) {

		AnsweredAttempt close(AnsweredAttempt open, Instant at) {
			Score score = open.score(this.round, this.key);
			return new AnsweredAttempt(open.attempt().closed(at, score, this.key.version()), open.answers());
		}

	}

	/**
	 * What becomes of attempts.
	 */
	private static final class Closing {

		private final Map<UUID, AnsweredAttempt> attempts = new HashMap<>();

		private final List<Attempt> closed = new ArrayList<>();

		private final List<Grade> grades = new ArrayList<>();

		static Closing of(List<Wanted> wanted, Map<RoundId, Scale> scales) {
			Closing closing = new Closing();
			wanted.forEach(
					(one) -> closing.add(one.answered(), one.at(), Objects.requireNonNull(scales.get(one.roundId()))));
			return closing;
		}

		private void add(AnsweredAttempt answered, Instant at, Scale scale) {
			boolean open = answered.attempt().isOpen();
			AnsweredAttempt after = open ? scale.close(answered, at) : answered;
			this.attempts.put(after.attempt().id(), after);
			if (open) {
				this.closed.add(after.attempt());
				this.grades.addAll(Grade.of(after, scale.key()));
			}
		}

	}

}
