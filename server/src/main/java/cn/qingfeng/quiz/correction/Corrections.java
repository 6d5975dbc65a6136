package cn.qingfeng.quiz.correction;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import cn.qingfeng.platform.database.Columns;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.bank.Part;
import cn.qingfeng.quiz.bank.QuestionKind;
import cn.qingfeng.quiz.correction.Correction.Decision;
import cn.qingfeng.quiz.correction.Correction.Effect;
import cn.qingfeng.quiz.correction.Correction.State;
import cn.qingfeng.quiz.round.PublishedRounds;
import io.r2dbc.postgresql.codec.PostgresqlObjectId;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Corrections in the database.
 */
@Repository
public class Corrections {

	private static final TypeReference<List<Part>> PARTS = new TypeReference<>() {
	};

	private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

	private static final UUID LAST = new UUID(-1, -1);

	private static final int MOST_RUNNING = 100;

	private static final String COLUMNS = """
			SELECT c.*, c.parts::text AS part_texts, c.previous_parts::text AS previous_part_texts, q.stem, e.*
			FROM quiz_corrections c
			JOIN quiz_round_questions q ON q.round_id = c.round_id AND q.question_id = c.question_id
			CROSS JOIN LATERAL (
			  SELECT count(*)::int AS changed,
			         (count(*) FILTER (WHERE g.score_after > g.score_before))::int AS raised,
			         (count(*) FILTER (WHERE g.score_after < g.score_before))::int AS lowered,
			         (count(*) FILTER (WHERE g.passed_after AND NOT g.passed_before))::int AS newly_passed,
			         (count(*) FILTER (WHERE g.passed_before AND NOT g.passed_after))::int AS no_longer_passed
			  FROM quiz_regradings g
			  WHERE g.correction_id = c.id) e
			""";

	private final DatabaseClient database;

	private final JsonMapper json;

	private final Clock clock;

	Corrections(DatabaseClient database, JsonMapper json, Clock clock) {
		this.database = database;
		this.json = json;
		this.clock = clock;
	}

	/** The newest of each round that is not scored again as a whole. */
	public Mono<List<RunningCorrection>> running() {
		return this.database.sql("""
				SELECT c.id, c.round_id, r.title, c.key_version, c.proposed_by, c.decided_by
				FROM quiz_corrections c
				JOIN quiz_rounds r ON r.id = c.round_id AND r.key_version = c.key_version
				WHERE c.state = 'REGRADING'
				ORDER BY c.decided_at
				LIMIT :most
				""")
			.bind("most", MOST_RUNNING)
			.map((row) -> new RunningCorrection(Columns.get(row, "id", UUID.class),
					new RoundId(Columns.get(row, "round_id", UUID.class)), Columns.get(row, "title", String.class),
					Columns.get(row, "key_version", Integer.class), Columns.get(row, "proposed_by", UUID.class),
					Columns.get(row, "decided_by", UUID.class)))
			.all()
			.collectList();
	}

	/**
	 * Ends it and those of its round before it, once no attempt is left and no node can
	 * still score one by an older key.
	 * @param correction the newest of its round
	 * @return whether it has ended
	 */
	public Mono<Boolean> settle(RunningCorrection correction) {
		return this.database.sql("""
				UPDATE quiz_corrections
				SET state = 'DONE'
				WHERE round_id = :round AND state = 'REGRADING' AND key_version <= :version
				  AND NOT EXISTS (SELECT 1 FROM quiz_corrections n
				                  WHERE n.round_id = :round AND n.state = 'REGRADING' AND n.decided_at > :known)
				  AND NOT EXISTS (SELECT 1 FROM quiz_attempts a
				                  WHERE a.round_id = :round AND a.submitted_at IS NOT NULL AND a.key_version < :version)
				""")
			.bind("round", correction.roundId().value())
			.bind("version", correction.keyVersion())
			.bind("known", this.clock.instant().minus(PublishedRounds.KNOWN_EVERYWHERE))
			.fetch()
			.rowsUpdated()
			.map((ended) -> ended > 0);
	}

	/** Of a published round; empty when the question is not among its questions. */
	Mono<CorrectedKey> key(RoundId roundId, UUID questionId) {
		return this.database
			.sql("""
					SELECT q.question_id, q.stem, q.kind, jsonb_array_length(q.options) AS option_count, q.blanks, k.options,
					       k.parts::text AS parts, k.everyone_right
					FROM quiz_round_questions q
					JOIN quiz_round_keys k ON k.round_id = q.round_id AND k.question_id = q.question_id
					WHERE q.round_id = :round AND q.question_id = :question
					""")
			.bind("round", roundId.value())
			.bind("question", questionId)
			.map((row) -> new CorrectedKey(
					new Correction.Question(Columns.get(row, "question_id", UUID.class),
							Columns.get(row, "stem", String.class)),
					QuestionKind.valueOf(Columns.get(row, "kind", String.class)),
					Columns.get(row, "option_count", Integer.class), Columns.get(row, "blanks", Integer.class),
					key(row, "options", "parts", "everyone_right")))
			.one();
	}

	Mono<Void> add(Correction correction) {
		return this.database
			.sql("""
					INSERT INTO quiz_corrections (id, round_id, question_id, options, parts, everyone_right, previous_options,
					                              previous_parts, previously_everyone_right, explanation, reason, state,
					                              proposed_by, proposed_at)
					VALUES (:id, :round, :question, :options, :parts::jsonb, :everyone, :previousOptions,
					        :previousParts::jsonb, :previouslyEveryone, :explanation, :reason, 'PROPOSED', :by, :at)
					""")
			.bind("id", correction.id())
			.bind("round", correction.roundId().value())
			.bind("question", correction.question().id())
			.bind("options", correction.key().options())
			.bind("parts", this.json.writeValueAsString(correction.key().parts()))
			.bind("everyone", correction.key().everyoneRight())
			.bind("previousOptions", correction.previous().options())
			.bind("previousParts", this.json.writeValueAsString(correction.previous().parts()))
			.bind("previouslyEveryone", correction.previous().everyoneRight())
			.bind("explanation", text(correction.explanation()))
			.bind("reason", correction.reason())
			.bind("by", correction.proposedBy())
			.bind("at", correction.proposedAt())
			.then();
	}

	/** Empty when the round has no such correction. */
	Mono<Correction> find(RoundId roundId, UUID id) {
		return this.database.sql(COLUMNS + "WHERE c.id = :id AND c.round_id = :round")
			.bind("id", id)
			.bind("round", roundId.value())
			.map(this::correction)
			.one();
	}

	/** Whether it was there to be rejected. */
	Mono<Boolean> reject(UUID id, Decision decision) {
		return this.database.sql("""
				UPDATE quiz_corrections
				SET state = 'REJECTED', decided_by = :by, decided_at = :at, comment = :comment
				WHERE id = :id AND state = 'PROPOSED'
				""")
			.bind("id", id)
			.bind("by", decision.by())
			.bind("at", decision.at())
			.bind("comment", text(decision.comment()))
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows == 1);
	}

	/**
	 * Puts it in force: one statement for the correction, the key and its version.
	 * @param correction that is proposed
	 * @param decision of somebody else
	 * @return whether it was there to be approved
	 */
	Mono<Boolean> approve(Correction correction, Decision decision) {
		return this.database.sql("""
				WITH corrected AS (
				  UPDATE quiz_rounds
				  SET key_version = key_version + 1
				  WHERE id = :round
				  RETURNING id, key_version
				), approved AS (
				  UPDATE quiz_corrections c
				  SET state = 'REGRADING', decided_by = :by, decided_at = :at, comment = :comment,
				      key_version = n.key_version, previous_options = k.options, previous_parts = k.parts,
				      previously_everyone_right = k.everyone_right
				  FROM corrected n
				  JOIN quiz_round_keys k ON k.round_id = n.id AND k.question_id = :question
				  WHERE c.id = :id AND c.state = 'PROPOSED'
				  RETURNING c.round_id, c.question_id, c.options, c.parts, c.everyone_right, c.explanation
				)
				UPDATE quiz_round_keys k
				SET options = CASE WHEN a.everyone_right THEN k.options ELSE a.options END,
				    parts = CASE WHEN a.everyone_right THEN k.parts ELSE a.parts END,
				    everyone_right = a.everyone_right, explanation = coalesce(a.explanation, k.explanation)
				FROM approved a
				WHERE k.round_id = a.round_id AND k.question_id = a.question_id
				""")
			.bind("id", correction.id())
			.bind("round", correction.roundId().value())
			.bind("question", correction.question().id())
			.bind("by", decision.by())
			.bind("at", decision.at())
			.bind("comment", text(decision.comment()))
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows == 1);
	}

	/** Newest first. */
	Mono<Page<Correction>> page(RoundId roundId, int limit, @Nullable String cursor) {
		Optional<Cursor> after = Cursor.decode(cursor, Instant.class, UUID.class);
		return this.database.sql(COLUMNS + """
				WHERE c.round_id = :round AND (c.proposed_at, c.id) < (:proposedAt, :before)
				ORDER BY c.proposed_at DESC, c.id DESC
				LIMIT :rows
				""")
			.bind("round", roundId.value())
			.bind("proposedAt", after.map((keys) -> keys.get(0, Instant.class)).orElse(END_OF_TIME))
			.bind("before", after.map((keys) -> keys.get(1, UUID.class)).orElse(LAST))
			.bind("rows", limit + 1)
			.map(this::correction)
			.all()
			.collectList()
			.map((rows) -> Page.of(rows, limit, (last) -> Cursor.encode(last.proposedAt(), last.id())));
	}

	private Correction correction(Readable row) {
		return new Correction(Columns.get(row, "id", UUID.class), new RoundId(Columns.get(row, "round_id", UUID.class)),
				new Correction.Question(Columns.get(row, "question_id", UUID.class),
						Columns.get(row, "stem", String.class)),
				key(row, "options", "part_texts", "everyone_right"),
				key(row, "previous_options", "previous_part_texts", "previously_everyone_right"),
				row.get("explanation", String.class), Columns.get(row, "reason", String.class),
				State.valueOf(Columns.get(row, "state", String.class)), Columns.get(row, "proposed_by", UUID.class),
				Columns.get(row, "proposed_at", Instant.class), decision(row),
				new Effect(Columns.get(row, "changed", Integer.class), Columns.get(row, "raised", Integer.class),
						Columns.get(row, "lowered", Integer.class), Columns.get(row, "newly_passed", Integer.class),
						Columns.get(row, "no_longer_passed", Integer.class)));
	}

	private Key key(Readable row, String options, String parts, String everyoneRight) {
		return new Key(Columns.get(row, options, Integer.class),
				this.json.readValue(Columns.get(row, parts, String.class), PARTS),
				Columns.get(row, everyoneRight, Boolean.class));
	}

	private static @Nullable Decision decision(Readable row) {
		UUID by = row.get("decided_by", UUID.class);
		return (by != null)
				? new Decision(by, Columns.get(row, "decided_at", Instant.class), row.get("comment", String.class))
				: null;
	}

	private static Object text(@Nullable String value) {
		return Parameters.in(PostgresqlObjectId.TEXT, value);
	}

}
