package cn.qingfeng.quiz.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import cn.qingfeng.platform.database.Columns;
import cn.qingfeng.quiz.exchange.Likeness.Alike;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Imports in the database; those that nobody added are gone after a week.
 */
@Repository
class QuestionImportRepository {

	private static final Duration KEPT = Duration.ofDays(7);

	private static final TypeReference<List<DraftQuestion>> QUESTIONS = new TypeReference<>() {
	};

	private static final TypeReference<List<RowError>> ERRORS = new TypeReference<>() {
	};

	private static final TypeReference<List<Alike>> ALIKE = new TypeReference<>() {
	};

	private static final String SELECT = """
			SELECT id, bank_id, format, questions::text AS questions, errors::text AS errors, alike::text AS alike,
			       committed_at, added
			FROM question_imports
			WHERE id = :id AND bank_id = :bank
			""";

	private final DatabaseClient database;

	private final JsonMapper json;

	private final Clock clock;

	QuestionImportRepository(DatabaseClient database, JsonMapper json, Clock clock) {
		this.database = database;
		this.json = json;
		this.clock = clock;
	}

	/** Also clears away what is too old. */
	Mono<Void> add(QuestionImport preview, UUID byStaff) {
		Instant now = this.clock.instant();
		return this.database.sql("""
				WITH gone AS (
				  DELETE FROM question_imports
				  WHERE committed_at IS NULL AND created_at < :oldest
				)
				INSERT INTO question_imports (id, bank_id, format, questions, errors, alike, created_at, created_by)
				VALUES (:id, :bank, :format, :questions::jsonb, :errors::jsonb, :alike::jsonb, :now, :staff)
				""")
			.bind("oldest", now.minus(KEPT))
			.bind("id", preview.id())
			.bind("bank", preview.bankId())
			.bind("format", preview.format().name())
			.bind("questions", this.json.writeValueAsString(preview.questions()))
			.bind("errors", this.json.writeValueAsString(preview.errors()))
			.bind("alike", this.json.writeValueAsString(preview.alike()))
			.bind("now", now)
			.bind("staff", byStaff)
			.then();
	}

	/** Of this bank only. */
	Mono<QuestionImport> find(UUID bankId, UUID id) {
		return one(SELECT, bankId, id);
	}

	/** Holds the row until the transaction ends. */
	Mono<QuestionImport> lock(UUID bankId, UUID id) {
		return one(SELECT + "FOR NO KEY UPDATE", bankId, id);
	}

	Mono<Void> commit(QuestionImport committed) {
		return this.database.sql("UPDATE question_imports SET committed_at = :at, added = :added WHERE id = :id")
			.bind("id", committed.id())
			.bind("at", Objects.requireNonNull(committed.committedAt()))
			.bind("added", Objects.requireNonNull(committed.added()))
			.then();
	}

	private Mono<QuestionImport> one(String sql, UUID bankId, UUID id) {
		return this.database.sql(sql).bind("id", id).bind("bank", bankId).map(this::read).one();
	}

	private QuestionImport read(Readable row) {
		return new QuestionImport(Columns.get(row, "id", UUID.class), Columns.get(row, "bank_id", UUID.class),
				QuestionFileFormat.valueOf(Columns.get(row, "format", String.class)),
				this.json.readValue(Columns.get(row, "questions", String.class), QUESTIONS),
				this.json.readValue(Columns.get(row, "errors", String.class), ERRORS),
				this.json.readValue(Columns.get(row, "alike", String.class), ALIKE),
				row.get("committed_at", Instant.class), row.get("added", Integer.class));
	}

}
