package cn.qingfeng.quiz.statistics;

import java.time.Clock;

import cn.qingfeng.member.SmallGroups;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.round.PublishedRound;
import cn.qingfeng.quiz.round.PublishedRounds;
import cn.qingfeng.quiz.round.QuizRunningProblem;
import cn.qingfeng.quiz.statistics.RoundStatistics.Totals;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Reads how a round went, once no paper can be open any more.
 */
@Service
class RoundStatisticsReading {

	private final PublishedRounds rounds;

	private final StatisticsReadModel figures;

	private final Clock clock;

	RoundStatisticsReading(PublishedRounds rounds, StatisticsReadModel figures, Clock clock) {
		this.rounds = rounds;
		this.figures = figures;
		this.clock = clock;
	}

	/** 404 for no published round, 409 until it is over. */
	Mono<RoundStatistics> of(RoundId id) {
		return this.rounds.get(id)
			.filter((round) -> round.isOver(this.clock.instant()))
			.switchIfEmpty(Mono.error(QuizRunningProblem::new))
			.map(PublishedRound::id)
			.flatMap((round) -> this.figures.totals(round).flatMap((totals) -> enough(round, totals)));
	}

	private Mono<RoundStatistics> enough(RoundId round, Totals totals) {
		return (totals.participants() < SmallGroups.SMALLEST) ? Mono.just(RoundStatistics.suppressed())
				: Mono.zip(this.figures.bands(round), this.figures.questions(round), this.figures.wrongTexts(round))
					.map((found) -> new RoundStatistics(totals, found.getT1(), found.getT2(), found.getT3()));
	}

}
