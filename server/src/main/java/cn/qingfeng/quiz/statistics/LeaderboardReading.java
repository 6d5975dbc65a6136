package cn.qingfeng.quiz.statistics;

import java.time.Clock;

import cn.qingfeng.member.SmallGroups;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.round.PublishedRound;
import cn.qingfeng.quiz.round.PublishedRounds;
import cn.qingfeng.quiz.round.QuizRunningProblem;
import cn.qingfeng.staff.PolicyException;
import cn.qingfeng.staff.PolicyGate;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Ranks the papers of a round that is over, while an exception allows it. Without one
 * there is nothing to be found, whatever the round.
 */
@Service
class LeaderboardReading {

	private static final int MOST = 50;

	private final PolicyGate gate;

	private final PublishedRounds rounds;

	private final StatisticsReadModel figures;

	private final Clock clock;

	LeaderboardReading(PolicyGate gate, PublishedRounds rounds, StatisticsReadModel figures, Clock clock) {
		this.gate = gate;
		this.rounds = rounds;
		this.figures = figures;
		this.clock = clock;
	}

	Mono<Leaderboard> of(RoundId id) {
		return this.gate.allows(PolicyException.RANKINGS)
			.filter((allowed) -> allowed)
			.flatMap((allowed) -> this.rounds.get(id))
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.filter((round) -> round.isOver(this.clock.instant()))
			.switchIfEmpty(Mono.error(QuizRunningProblem::new))
			.map(PublishedRound::id)
			.flatMap((round) -> this.figures.totals(round).flatMap((totals) -> best(round, totals.participants())));
	}

	private Mono<Leaderboard> best(RoundId round, long participants) {
		return (participants < SmallGroups.SMALLEST) ? Mono.just(Leaderboard.suppressed())
				: this.figures.best(round, MOST).map((places) -> new Leaderboard(participants, places));
	}

}
