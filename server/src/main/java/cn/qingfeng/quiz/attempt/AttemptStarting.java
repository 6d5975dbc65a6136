package cn.qingfeng.quiz.attempt;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.limit.CallRates;
import cn.qingfeng.platform.limit.RateLimit;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.attempt.AttemptRepository.Start;
import cn.qingfeng.quiz.round.PublishedRound;
import cn.qingfeng.quiz.round.PublishedRounds;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Begins an attempt, or goes on with the open one.
 */
@Service
class AttemptStarting {

	/** Of one member: taps in haste pass, a program does not. */
	private static final RateLimit STARTS = new RateLimit(30, Duration.ofMinutes(1));

	private final PublishedRounds rounds;

	private final AttemptRepository attempts;

	private final Submissions submissions;

	private final CallRates rates;

	private final IdGenerator ids;

	private final Clock clock;

	AttemptStarting(PublishedRounds rounds, AttemptRepository attempts, Submissions submissions, CallRates rates,
			IdGenerator ids, Clock clock) {
		this.rounds = rounds;
		this.attempts = attempts;
		this.submissions = submissions;
		this.rates = rates;
		this.ids = ids;
		this.clock = clock;
	}

	Mono<Started> start(RoundId roundId, UUID memberId) {
		return this.rates.limited("quiz-start|" + memberId, STARTS,
				this.rounds.get(roundId).flatMap((round) -> start(round, memberId)));
	}

	private Mono<Started> start(PublishedRound round, UUID memberId) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		return switch (round.phase(now)) {
			case UPCOMING -> Mono.error(QuizNotOpenProblem::new);
			case CLOSED -> Mono.error(QuizClosedProblem::new);
			case OPEN -> begin(round, memberId, now);
		};
	}

	private Mono<Started> begin(PublishedRound round, UUID memberId, Instant now) {
		Start start = new Start(this.ids.next(), round.id(), memberId, now, round.deadline(now),
				round.attemptsAllowed());
		return this.attempts.begin(start)
			.map((attempt) -> new Started(attempt, true))
			.switchIfEmpty(Mono.defer(() -> this.attempts.newest(round.id(), memberId)
				.flatMap((newest) -> goOn(newest, round, memberId))));
	}

	private Mono<Started> goOn(Attempt newest, PublishedRound round, UUID memberId) {
		if (newest.isOpen() && newest.isOverdue(this.clock.instant())) {
			return this.submissions.submit(newest).then(Mono.defer(() -> start(round, memberId)));
		}
		if (newest.isOpen()) {
			return Mono.just(new Started(newest, false));
		}
		if (newest.number() >= round.attemptsAllowed()) {
			return Mono.error(AttemptsExhaustedProblem::new);
		}
		// Handed in between the two statements.
		return Mono.defer(() -> start(round, memberId));
	}

	/**
	 * An open attempt.
	 *
	 * @param attempt of the member
	 * @param fresh whether it has just begun
	 */
	record Started(Attempt attempt, boolean fresh) {

	}

}
