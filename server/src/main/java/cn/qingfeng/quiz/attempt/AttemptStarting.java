package cn.qingfeng.quiz.attempt;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
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

	private final PublishedRounds rounds;

	private final AttemptRepository attempts;

	private final Submissions submissions;

	private final IdGenerator ids;

	private final Clock clock;

	AttemptStarting(PublishedRounds rounds, AttemptRepository attempts, Submissions submissions, IdGenerator ids,
			Clock clock) {
		this.rounds = rounds;
		this.attempts = attempts;
		this.submissions = submissions;
		this.ids = ids;
		this.clock = clock;
	}

	Mono<Started> start(RoundId roundId, UUID memberId, Origin origin) {
		return this.rounds.get(roundId).flatMap((round) -> start(round, memberId, origin));
	}

	private Mono<Started> start(PublishedRound round, UUID memberId, Origin origin) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		return switch (round.phase(now)) {
			case UPCOMING -> Mono.error(QuizNotOpenProblem::new);
			case CLOSED -> Mono.error(QuizClosedProblem::new);
			case OPEN -> begin(round, memberId, origin, now);
		};
	}

	private Mono<Started> begin(PublishedRound round, UUID memberId, Origin origin, Instant now) {
		Start start = new Start(this.ids.next(), round.id(), memberId, now, round.deadline(now),
				round.attemptsAllowed(), origin.mark(round.seed()));
		return this.attempts.begin(start)
			.map((attempt) -> new Started(attempt, true))
			.switchIfEmpty(Mono.defer(() -> this.attempts.newest(round.id(), memberId)
				.flatMap((newest) -> goOn(newest, round, memberId, origin))));
	}

	private Mono<Started> goOn(Attempt newest, PublishedRound round, UUID memberId, Origin origin) {
		if (newest.isOpen() && newest.isOverdue(this.clock.instant())) {
			return this.submissions.submit(newest.id(), memberId)
				.then(Mono.defer(() -> start(round, memberId, origin)));
		}
		if (newest.isOpen()) {
			return Mono.just(new Started(newest, false));
		}
		if (newest.number() >= round.attemptsAllowed()) {
			return Mono.error(AttemptsExhaustedProblem::new);
		}
		// Handed in between the two statements.
		return Mono.defer(() -> start(round, memberId, origin));
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
