package cn.qingfeng.quiz.attempt;

import java.time.Clock;
import java.util.UUID;

import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.round.AnswerKey;
import cn.qingfeng.quiz.round.PublishedRound;
import cn.qingfeng.quiz.round.PublishedRounds;
import cn.qingfeng.quiz.round.QuizRunningProblem;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Hands out what it takes to draw and score papers again without this server, once no
 * paper can be open any more.
 */
@Service
class Proving {

	private final AttemptReading reading;

	private final PublishedRounds rounds;

	private final Clock clock;

	Proving(AttemptReading reading, PublishedRounds rounds, Clock clock) {
		this.reading = reading;
		this.rounds = rounds;
		this.clock = clock;
	}

	/** 404 for no published round, 409 until it is over. */
	Mono<RoundProof> round(RoundId id) {
		return over(id).flatMap((round) -> this.rounds.presentKey(id).map((key) -> new RoundProof(round, key)));
	}

	/** The member's own; 409 until its round is over and the paper handed in. */
	Mono<PaperProof> attempt(UUID attemptId, UUID memberId) {
		return this.reading.own(attemptId, memberId)
			.flatMap((marked) -> over(marked.sheet().attempt().roundId()).thenReturn(marked))
			.filter((marked) -> !marked.answered().attempt().isOpen())
			.switchIfEmpty(Mono.error(QuizRunningProblem::new))
			.flatMap((marked) -> this.rounds.presentKey(marked.sheet().attempt().roundId())
				.map((key) -> new PaperProof(marked, (marked.review() != null) ? key : null)));
	}

	private Mono<PublishedRound> over(RoundId id) {
		return this.rounds.get(id)
			.filter((round) -> round.isOver(this.clock.instant()))
			.switchIfEmpty(Mono.error(QuizRunningProblem::new));
	}

	/**
	 * Of a round that is over.
	 *
	 * @param round with its seed and pools
	 * @param key as it is now
	 */
	record RoundProof(PublishedRound round, AnswerKey key) {

	}

	/**
	 * Of a paper that was handed in.
	 *
	 * @param paper with its answers
	 * @param key null when the policy never shows it
	 */
	record PaperProof(MarkedPaper paper, @Nullable AnswerKey key) {

	}

}
