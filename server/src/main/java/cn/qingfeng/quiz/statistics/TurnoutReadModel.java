package cn.qingfeng.quiz.statistics;

import cn.qingfeng.quiz.RoundId;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Adds up the counters that each submission moves.
 */
@Repository
class TurnoutReadModel {

	private final DatabaseClient database;

	TurnoutReadModel(DatabaseClient database) {
		this.database = database;
	}

	Mono<Turnout> of(RoundId round) {
		return this.database.sql("""
				SELECT coalesce(sum(members), 0)::int AS members, coalesce(sum(attempts), 0)::int AS attempts
				FROM quiz_turnout
				WHERE round_id = :round
				""").bind("round", round.value()).mapProperties(Turnout.class).one();
	}

}
