package cn.qingfeng.quiz.correction;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import cn.qingfeng.member.MemberName;
import cn.qingfeng.member.Members;
import cn.qingfeng.platform.database.Columns;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.quiz.RoundId;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Reads what corrections did to results.
 */
@Repository
class Regradings {

	private static final UUID FIRST = new UUID(0, 0);

	private final DatabaseClient database;

	private final Corrections corrections;

	private final Members members;

	Regradings(DatabaseClient database, Corrections corrections, Members members) {
		this.database = database;
		this.corrections = corrections;
		this.members = members;
	}

	/** 404 when the round has no such correction. */
	Mono<Page<Regrading>> page(RoundId roundId, UUID correctionId, int limit, @Nullable String cursor) {
		Optional<Cursor> after = Cursor.decode(cursor, UUID.class);
		return this.corrections.find(roundId, correctionId)
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.flatMap((correction) -> rows(correctionId, after.map((keys) -> keys.get(0, UUID.class)).orElse(FIRST),
					limit + 1))
			.flatMap(this::named)
			.map((rows) -> Page.of(rows, limit, (last) -> Cursor.encode(last.attemptId())));
	}

	private Mono<List<Row>> rows(UUID correctionId, UUID after, int rows) {
		return this.database.sql("""
				SELECT g.*, a.member_id
				FROM quiz_regradings g
				JOIN quiz_attempts a ON a.id = g.attempt_id
				WHERE g.correction_id = :correction AND g.attempt_id > :after
				ORDER BY g.attempt_id
				LIMIT :rows
				""")
			.bind("correction", correctionId)
			.bind("after", after)
			.bind("rows", rows)
			.map(Row::of)
			.all()
			.collectList();
	}

	private Mono<List<Regrading>> named(List<Row> rows) {
		return this.members.names(rows.stream().map(Row::memberId).toList())
			.map((names) -> rows.stream().map((row) -> row.regrading(names)).toList());
	}

	/**
	 * What one result was and is.
	 *
	 * @param attemptId of the attempt
	 * @param member the name, masked; of somebody erased a dash
	 * @param scoreBefore until then
	 * @param scoreAfter since
	 * @param passedBefore until then
	 * @param passedAfter since
	 * @param at when
	 */
	record Regrading(UUID attemptId, String member, int scoreBefore, int scoreAfter, boolean passedBefore,
			boolean passedAfter, Instant at) {

	}

	private record Row(UUID attemptId, UUID memberId, int scoreBefore, int scoreAfter, boolean passedBefore,
			boolean passedAfter, Instant at) {

		static Row of(Readable row) {
			return new Row(Columns.get(row, "attempt_id", UUID.class), Columns.get(row, "member_id", UUID.class),
					Columns.get(row, "score_before", Integer.class), Columns.get(row, "score_after", Integer.class),
					Columns.get(row, "passed_before", Boolean.class), Columns.get(row, "passed_after", Boolean.class),
					Columns.get(row, "regraded_at", Instant.class));
		}

		Regrading regrading(Map<UUID, MemberName> names) {
			MemberName name = names.get(this.memberId);
			return new Regrading(this.attemptId, (name != null) ? name.masked() : "—", this.scoreBefore,
					this.scoreAfter, this.passedBefore, this.passedAfter, this.at);
		}

	}

}
