package cn.qingfeng.quiz.attempt;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import cn.qingfeng.platform.batch.NaturalBatcher;
import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.reactor.Transactions;
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

	private final NaturalBatcher<Submission, AnsweredAttempt> batcher;

	Submissions(AttemptRepository attempts, PublishedRounds rounds, Transactions transactions, BackgroundLoops loops,
			MeterRegistry meters, Clock clock) {
		this.attempts = attempts;
		this.rounds = rounds;
		this.transactions = transactions;
		this.clock = clock;
		this.batcher = new NaturalBatcher<>("quiz-submissions", LANES, MOST_AT_ONCE, this::settle, meters);
		loops.start("quiz-deadlines", LOOK, this::closeOverdue);
	}

	/** Safe to call again: the first result stands. */
	Mono<AnsweredAttempt> submit(Attempt attempt) {
		return submission(attempt).flatMap(this.batcher::submit);
	}

	/** One round of the loop; true when there may be more. */
	Mono<Boolean> closeOverdue() {
		Instant deadline = this.clock.instant().minus(PublishedRound.GRACE);
		return this.attempts.overdue(deadline, MOST_AT_ONCE)
			.flatMap((overdue) -> overdue.isEmpty() ? Mono.just(false)
					: closeOverdue(overdue).thenReturn(overdue.size() == MOST_AT_ONCE));
	}

	private Mono<Void> closeOverdue(List<Attempt> overdue) {
		return Flux.fromIterable(overdue)
			.concatMap(this::submission)
			.collectList()
			.flatMap((submissions) -> this.transactions
				.inTransaction(this.attempts.lockFree(ids(overdue)).flatMap((locked) -> close(locked, submissions))))
			.doOnNext((closed) -> log.info("{} attempts handed in at their deadline", closed.size()))
			.then();
	}

	private Mono<Submission> submission(Attempt attempt) {
		return this.rounds.get(attempt.roundId())
			.flatMap((round) -> this.rounds.key(round.id())
				.map((key) -> new Submission(attempt.id(), round, key, this.clock.instant())));
	}

	private Mono<List<AnsweredAttempt>> settle(List<Submission> submissions) {
		Set<UUID> ids = submissions.stream().map(Submission::attemptId).collect(Collectors.toSet());
		return this.transactions.inTransaction(this.attempts.lock(ids).flatMap((locked) -> close(locked, submissions)))
			.map((settled) -> submissions.stream()
				.map((submission) -> Objects.requireNonNull(settled.get(submission.attemptId())))
				.toList());
	}

	/** Of attempts that the transaction holds. */
	private Mono<Map<UUID, AnsweredAttempt>> close(List<Attempt> locked, List<Submission> submissions) {
		return this.attempts.answers(ids(locked))
			.map((answers) -> scored(locked, answers, submissions))
			.flatMap((scored) -> this.attempts.close(newlyClosed(locked, scored))
				.then(this.attempts.grade(grades(locked, scored, submissions)))
				.thenReturn(scored));
	}

	private static List<UUID> ids(List<Attempt> attempts) {
		return attempts.stream().map(Attempt::id).toList();
	}

	private static Map<UUID, AnsweredAttempt> scored(List<Attempt> locked, Map<UUID, Collection<SavedAnswer>> answers,
			List<Submission> submissions) {
		Map<UUID, Submission> first = submissions.stream()
			.collect(Collectors.toMap(Submission::attemptId, Function.identity(), (one, later) -> one));
		Map<UUID, AnsweredAttempt> scored = new LinkedHashMap<>();
		for (Attempt attempt : locked) {
			AnsweredAttempt answered = new AnsweredAttempt(attempt, answers.getOrDefault(attempt.id(), List.of()));
			Submission submission = first.get(attempt.id());
			scored.put(attempt.id(), (submission != null) ? submission.score(answered) : answered);
		}
		return scored;
	}

	/** Of the written answers of attempts that were open; most rounds have none. */
	private static List<Grade> grades(List<Attempt> locked, Map<UUID, AnsweredAttempt> scored,
			List<Submission> submissions) {
		Map<UUID, AnswerKey> keys = submissions.stream()
			.collect(Collectors.toMap(Submission::attemptId, Submission::key, (one, later) -> one));
		return locked.stream()
			.filter(Attempt::isOpen)
			.flatMap((attempt) -> Stream.ofNullable(scored.get(attempt.id())))
			.flatMap((answered) -> Grade.of(answered, keys.get(answered.attempt().id())).stream())
			.toList();
	}

	private static List<Attempt> newlyClosed(List<Attempt> locked, Map<UUID, AnsweredAttempt> scored) {
		List<Attempt> closed = new ArrayList<>();
		for (Attempt before : locked) {
			AnsweredAttempt after = scored.get(before.id());
			if (before.isOpen() && after != null && !after.attempt().isOpen()) {
				closed.add(after.attempt());
			}
		}
		return closed;
	}

	/**
	 * A wish to hand in.
	 *
	 * @param attemptId what
	 * @param round of the attempt
	 * @param key of the round
	 * @param at when it reached us
	 */
	private record Submission(UUID attemptId, PublishedRound round, AnswerKey key, Instant at) {

		AnsweredAttempt score(AnsweredAttempt answered) {
			if (!answered.attempt().isOpen()) {
				return answered;
			}
			Score score = answered.score(this.round, this.key);
			return new AnsweredAttempt(answered.attempt().closed(this.at, score, this.key.version()),
					answered.answers());
		}

	}

}
