package cn.qingfeng.quiz.result;

import java.util.List;
import java.util.UUID;

import cn.qingfeng.quiz.RoundId;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Reads results piece by piece, in the order of the members.
 */
@Repository
class ResultReadModel {

	private final DatabaseClient database;

	ResultReadModel(DatabaseClient database) {
		this.database = database;
	}

	/** Those after that one, in any unit. */
	Mono<List<ResultRow>> after(RoundId round, UUID member, int number, int rows) {
		return this.database.sql("""
				SELECT a.member_id, a.number, a.started_at, a.submitted_at, a.closed_by = 'DEADLINE' AS by_deadline,
				       a.correct, a.score, a.passed,
				       EXISTS (SELECT 1 FROM quiz_regradings g WHERE g.attempt_id = a.id) AS corrected,
				       EXISTS (SELECT 1 FROM quiz_marks m WHERE m.attempt_id = a.id) AS marked
				FROM quiz_attempts a
				WHERE a.round_id = :round AND (a.member_id, a.number) > (:member, :number)
				  AND a.submitted_at IS NOT NULL
				ORDER BY a.member_id, a.number
				LIMIT :rows
				""")
			.bind("round", round.value())
			.bind("member", member)
			.bind("number", number)
			.bind("rows", rows)
			.mapProperties(ResultRow.class)
			.all()
			.collectList();
	}

	/** Each participant's best result. */
	Mono<List<BestResult>> best(RoundId round) {
		return this.database.sql("""
				SELECT member_id, max(score)::int AS score, bool_or(passed) AS passed
				FROM quiz_attempts
				WHERE round_id = :round AND submitted_at IS NOT NULL
				GROUP BY member_id
				""").bind("round", round.value()).mapProperties(BestResult.class).all().collectList();
	}

	/**
	 * Of one member.
	 *
	 * @param memberId whose
	 * @param score the best
	 * @param passed whether any attempt did
	 */
	record BestResult(UUID memberId, int score, boolean passed) {

	}

}
