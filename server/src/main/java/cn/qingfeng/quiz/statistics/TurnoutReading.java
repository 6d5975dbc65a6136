package cn.qingfeng.quiz.statistics;

import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.round.PublishedRounds;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Reads how many have handed in, at any time.
 */
@Service
class TurnoutReading {

	private final PublishedRounds rounds;

	private final TurnoutReadModel turnouts;

	TurnoutReading(PublishedRounds rounds, TurnoutReadModel turnouts) {
		this.rounds = rounds;
		this.turnouts = turnouts;
	}

	/** 404 for no published round. */
	Mono<Turnout> of(RoundId id) {
		return this.rounds.get(id).flatMap((round) -> this.turnouts.of(id));
	}

}
