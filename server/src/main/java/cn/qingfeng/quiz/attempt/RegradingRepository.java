package cn.qingfeng.quiz.attempt;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.platform.database.Columns;
import cn.qingfeng.quiz.attempt.MarkedAttempt.Regraded;
import cn.qingfeng.quiz.correction.RunningCorrection;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Results that are scored again, and what they were before.
 */
@Repository
class RegradingRepository {

	private final DatabaseClient database;

	RegradingRepository(DatabaseClient database) {
		this.database = database;
	}

	/** How the result of an attempt changed, oldest first; one that is open has none. */
	Mono<List<Regraded>> of(Attempt attempt) {
		if (attempt.isOpen()) {
			return Mono.just(List.of());
		}
		return this.database.sql("""
				SELECT g.*, c.reason
				FROM quiz_regradings g
				JOIN quiz_corrections c ON c.id = g.correction_id
				WHERE g.attempt_id = :attempt
				ORDER BY g.regraded_at, c.key_version
				""").bind("attempt", attempt.id()).map(RegradingRepository::regraded).all().collectList();
	}

	/** Holds some attempts that were scored by an older key and that nobody holds. */
	Mono<List<Attempt>> lockOutdated(RunningCorrection correction, int most) {
		return this.database.sql("""
				SELECT *
				FROM quiz_attempts
				WHERE round_id = :round AND submitted_at IS NOT NULL AND key_version < :version
				ORDER BY id
				LIMIT :most
				FOR NO KEY UPDATE SKIP LOCKED
				""")
			.bind("round", correction.roundId().value())
			.bind("version", correction.keyVersion())
			.bind("most", most)
			.map(AttemptRepository::attempt)
			.all()
			.collectList();
	}

	/**
	 * Writes the new results of attempts that the transaction holds, and keeps the old
	 * ones of those that changed.
	 * @param correctionId what they are scored again for
	 * @param scores by attempt
	 * @param keyVersion that they were scored by
	 * @param now of the business clock
	 * @return the members whose score or pass changed
	 */
	Mono<List<UUID>> write(UUID correctionId, Map<UUID, Score> scores, int keyVersion, Instant now) {
		List<Map.Entry<UUID, Score>> rows = List.copyOf(scores.entrySet());
		return this.database.sql("""
				WITH scored AS (
				  SELECT g.id, g.correct, g.score, g.passed, a.member_id, a.correct AS correct_before,
				         a.score AS score_before, a.passed AS passed_before
				  FROM unnest(:ids, :correct, :scores, :passed) AS g (id, correct, score, passed)
				  JOIN quiz_attempts a ON a.id = g.id
				), kept AS (
				  INSERT INTO quiz_regradings (attempt_id, correction_id, correct_before, correct_after, score_before,
				                               score_after, passed_before, passed_after, regraded_at)
				  SELECT id, :correction, correct_before, correct, score_before, score, passed_before, passed, :now
				  FROM scored
				  WHERE (correct, score, passed) <> (correct_before, score_before, passed_before)
				  ON CONFLICT (correction_id, attempt_id) DO UPDATE
				  SET correct_after = excluded.correct_after, score_after = excluded.score_after,
				      passed_after = excluded.passed_after
				), written AS (
				  UPDATE quiz_attempts a
				  SET correct = s.correct, score = s.score, passed = s.passed, key_version = :version
				  FROM scored s
				  WHERE a.id = s.id
				)
				SELECT DISTINCT member_id
				FROM scored
				WHERE (score, passed) <> (score_before, passed_before)
				""")
			.bind("correction", correctionId)
			.bind("version", keyVersion)
			.bind("now", now)
			.bind("ids", rows.stream().map(Map.Entry::getKey).toArray(UUID[]::new))
			.bind("correct", rows.stream().map((row) -> row.getValue().correct()).toArray(Integer[]::new))
			.bind("scores", rows.stream().map((row) -> row.getValue().points()).toArray(Integer[]::new))
			.bind("passed", rows.stream().map((row) -> row.getValue().passed()).toArray(Boolean[]::new))
			.map((row) -> Columns.get(row, "member_id", UUID.class))
			.all()
			.collectList();
	}

	private static Regraded regraded(Readable row) {
		return new Regraded(Columns.get(row, "regraded_at", Instant.class), score(row, "before"), score(row, "after"),
				Columns.get(row, "reason", String.class));
	}

	private static Score score(Readable row, String when) {
		return new Score(Columns.get(row, "correct_" + when, Integer.class),
				Columns.get(row, "score_" + when, Integer.class), Columns.get(row, "passed_" + when, Boolean.class));
	}

}
