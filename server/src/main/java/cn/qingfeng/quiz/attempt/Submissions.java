package cn.qingfeng.quiz.attempt;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import cn.qingfeng.platform.batch.NaturalBatcher;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.reactor.Computation;
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
 * Handing in: by the member, many at once in one statement, or by the deadline, on
 * whichever node comes first. An attempt is read, scored, and closed unless its answers
 * have changed since, in which case it is read again; who comes second gets the first
 * result.
 */
@Service
class Submissions {

	private static final int LANES = 2;

	private static final int MOST_AT_ONCE = 128;

	private static final Duration LOOK = Duration.ofSeconds(1);

	private static final Logger log = LoggerFactory.getLogger(Submissions.class);

	private final AttemptRepository attempts;

	private final PublishedRounds rounds;

	private final Receipts receipts;

	private final Clock clock;

	private final NaturalBatcher<Submission, Settlement> batcher;

	Submissions(AttemptRepository attempts, PublishedRounds rounds, Receipts receipts, BackgroundLoops loops,
			MeterRegistry meters, Clock clock) {
		this.attempts = attempts;
		this.receipts = receipts;
		this.rounds = rounds;
		this.clock = clock;
		this.batcher = new NaturalBatcher<>("quiz-submissions", LANES, MOST_AT_ONCE, this::settle, meters);
		loops.start("quiz-deadlines", LOOK, this::closeOverdue);
	}

	/**
	 * Safe to call again: the first result stands. 404 for a foreign attempt as for none.
	 */
	Mono<Receipt> submit(UUID attemptId, UUID memberId) {
		return Mono.fromSupplier(() -> new Submission(new Own(attemptId, memberId), this.clock.instant()))
			.flatMap(this::submit);
	}

	/** Overtaken, it goes with another batch, so that it holds nobody up. */
	private Mono<Receipt> submit(Submission submission) {
		return this.batcher.submit(submission).flatMap((settlement) -> switch (settlement) {
			case Settlement.Closed(Receipt receipt) -> Mono.just(receipt);
			case Settlement.ClosedBefore(AnsweredAttempt answered) -> this.receipts.again(answered);
			case Settlement.Overtaken() -> submit(submission);
			case Settlement.Unknown() -> Mono.error(new NotFoundProblem());
		});
	}

	/** One round of the loop; true when there may be more. */
	Mono<Boolean> closeOverdue() {
		Instant now = this.clock.instant();
		return this.attempts.overdue(now.minus(PublishedRound.GRACE), MOST_AT_ONCE)
			.flatMap((overdue) -> overdue.isEmpty() ? Mono.just(false)
					: closeOverdue(overdue, now).thenReturn(overdue.size() == MOST_AT_ONCE));
	}

	private Mono<Void> closeOverdue(List<AnsweredAttempt> overdue, Instant now) {
		return score(overdue.stream().map((answered) -> new Wanted(answered, now)).toList()).flatMap(this::close)
			.doOnNext((closed) -> log.info("{} attempts handed in at their deadline", closed.size()))
			.then();
	}

	private Mono<List<Settlement>> settle(List<Submission> submissions) {
		return this.attempts
			.findAnswered(submissions.stream().map((one) -> one.own().attemptId()).collect(Collectors.toSet()))
			.flatMap((found) -> score(wanted(found, submissions)))
			.flatMap(this::settleScored)
			.map((settled) -> submissions.stream()
				.map((one) -> settled.getOrDefault(one.own(), new Settlement.Unknown()))
				.toList());
	}

	/** Attempts whose members want to hand them in, each with the first time of it. */
	private static List<Wanted> wanted(List<AnsweredAttempt> found, List<Submission> submissions) {
		Map<Own, AnsweredAttempt> owned = found.stream().collect(Collectors.toMap(Own::of, Function.identity()));
		Map<Own, Wanted> wanted = new LinkedHashMap<>();
		for (Submission submission : submissions) {
			AnsweredAttempt answered = owned.get(submission.own());
			if (answered != null) {
				wanted.putIfAbsent(submission.own(), new Wanted(answered, submission.at()));
			}
		}
		return List.copyOf(wanted.values());
	}

	private Mono<List<Scored>> score(List<Wanted> wanted) {
		return scales(wanted).map((scales) -> wanted.stream()
			.map((one) -> Scored.of(one, Objects.requireNonNull(scales.get(one.roundId()))))
			.toList());
	}

	private Mono<Map<RoundId, Scale>> scales(List<Wanted> wanted) {
		return Flux.fromStream(() -> wanted.stream().map(Wanted::roundId).distinct())
			.concatMap((id) -> this.rounds.get(id).zipWith(this.rounds.key(id), Scale::new))
			.collectMap((scale) -> scale.round().id());
	}

	/** The receipts are made while the database writes. */
	private Mono<Map<Own, Settlement>> settleScored(List<Scored> all) {
		return Mono.zipDelayError(close(all), Computation.of(() -> prepare(all)))
			.map((both) -> all.stream()
				.collect(Collectors.toMap(Scored::own, (scored) -> settlement(scored, both.getT1(), both.getT2()))));
	}

	/** Which of them are closed by this. */
	private Mono<Set<UUID>> close(List<Scored> all) {
		List<Scored> open = all.stream().filter(Scored::wasOpen).toList();
		return this.attempts.close(open.stream().map(Scored::answered).toList(),
				open.stream().flatMap((scored) -> scored.grades().stream()).toList());
	}

	private Map<UUID, Receipt> prepare(List<Scored> all) {
		return all.stream()
			.filter(Scored::wasOpen)
			.collect(Collectors.toMap(Scored::attemptId, (scored) -> this.receipts.prepare(scored.answered(),
					scored.scale().round(), scored.scale().key())));
	}

	private static Settlement settlement(Scored scored, Set<UUID> closed, Map<UUID, Receipt> receipts) {
		if (!scored.wasOpen()) {
			return new Settlement.ClosedBefore(scored.answered());
		}
		return closed.contains(scored.attemptId())
				? new Settlement.Closed(Objects.requireNonNull(receipts.get(scored.attemptId())))
				: new Settlement.Overtaken();
	}

	/**
	 * Which attempt of whom: nobody hands in a foreign one.
	 *
	 * @param attemptId which
	 * @param memberId whose
	 */
	private record Own(UUID attemptId, UUID memberId) {

		static Own of(AnsweredAttempt answered) {
			return new Own(answered.attempt().id(), answered.attempt().memberId());
		}

	}

	/**
	 * A wish to hand in.
	 *
	 * @param own what
	 * @param at when it reached us
	 */
	private record Submission(Own own, Instant at) {

	}

	/**
	 * What became of it.
	 */
	private sealed interface Settlement {

		/**
		 * By this submission.
		 *
		 * @param receipt for it
		 */
		record Closed(Receipt receipt) implements Settlement {

		}

		/**
		 * By an earlier one.
		 *
		 * @param answered with its outcome
		 */
		record ClosedBefore(AnsweredAttempt answered) implements Settlement {

		}

		/** An answer or a closing came between the reading and the writing. */
		record Overtaken() implements Settlement {

		}

		/** Not one of this member's. */
		record Unknown() implements Settlement {

		}

	}

	/**
	 * An attempt that is to be closed.
	 *
	 * @param answered as it was read
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

	}

	/**
	 * An attempt with its outcome.
	 *
	 * @param answered with the answers that it was scored by
	 * @param wasOpen whether the outcome is new and not yet written
	 * @param scale that it was scored by
	 */
	private record Scored(AnsweredAttempt answered, boolean wasOpen, Scale scale) {

		static Scored of(Wanted wanted, Scale scale) {
			AnsweredAttempt answered = wanted.answered();
			boolean open = answered.attempt().isOpen();
			return new Scored(open ? answered.closed(wanted.at(), scale.round(), scale.key()) : answered, open, scale);
		}

		UUID attemptId() {
			return this.answered.attempt().id();
		}

		Own own() {
			return Own.of(this.answered);
		}

		/** Of its written answers. */
		List<Grade> grades() {
			return Grade.of(this.answered, this.scale.key());
		}

	}

}
