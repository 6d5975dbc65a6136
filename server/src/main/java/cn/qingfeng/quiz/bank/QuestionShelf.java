package cn.qingfeng.quiz.bank;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.database.Columns;
import cn.qingfeng.quiz.bank.KeptQuestion.State;
import io.r2dbc.postgresql.codec.PostgresqlObjectId;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Single questions in the database, found and kept.
 */
@Repository
class QuestionShelf {

	private static final String SELECT = """
			SELECT q.id, q.bank_id, q.kind, q.stem, q.options::text AS options, q.answer, q.parts::text AS parts,
			       q.explanation, q.document, q.clause, q.difficulty, q.tags, q.version,
			       q.withdrawn_at IS NOT NULL AS withdrawn, q.edition_id, d.title, d.edition, d.valid_from,
			       d.superseded_by
			FROM questions q
			LEFT JOIN source_documents d ON d.id = q.edition_id
			""";

	private final DatabaseClient database;

	private final Banks banks;

	private final JsonMapper json;

	private final Clock clock;

	QuestionShelf(DatabaseClient database, Banks banks, JsonMapper json, Clock clock) {
		this.database = database;
		this.banks = banks;
		this.json = json;
		this.clock = clock;
	}

	Mono<KeptQuestion> find(UUID id) {
		return this.database.sql(SELECT + "WHERE q.id = :id").bind("id", id).map(this::kept).one();
	}

	Mono<KeptQuestion> findByKey(String key) {
		return this.database.sql(SELECT + "WHERE q.key = :key").bind("key", key).map(this::kept).one();
	}

	/** By id, those after the given one. */
	Mono<List<KeptQuestion>> page(Wanted wanted, UUID after, int rows) {
		return this.database.sql(SELECT + """
				WHERE q.id > :after
				  AND (:bank IS NULL OR q.bank_id = :bank)
				  AND (:document IS NULL OR q.edition_id = :document)
				  AND (:kind IS NULL OR q.kind = :kind)
				  AND (:difficulty IS NULL OR q.difficulty = :difficulty)
				  AND (:tag IS NULL OR :tag = ANY(q.tags))
				  AND (:text IS NULL OR position(lower(:text) IN lower(q.stem)) > 0)
				  AND (:state IS NULL OR :state = CASE WHEN q.withdrawn_at IS NOT NULL THEN 'WITHDRAWN'
				                                       WHEN d.superseded_by IS NOT NULL THEN 'SUSPENDED'
				                                       ELSE 'ACTIVE' END)
				ORDER BY q.id
				LIMIT :rows
				""")
			.bind("after", after)
			.bind("bank", Parameters.in(PostgresqlObjectId.UUID, wanted.bankId()))
			.bind("document", Parameters.in(PostgresqlObjectId.UUID, wanted.documentId()))
			.bind("kind", Parameters.in(PostgresqlObjectId.TEXT, name(wanted.kind())))
			.bind("difficulty", Parameters.in(PostgresqlObjectId.INT4, wanted.difficulty()))
			.bind("tag", Parameters.in(PostgresqlObjectId.TEXT, wanted.tag()))
			.bind("text", Parameters.in(PostgresqlObjectId.TEXT, wanted.text()))
			.bind("state", Parameters.in(PostgresqlObjectId.TEXT, name(wanted.state())))
			.bind("rows", rows)
			.map(this::kept)
			.all()
			.collectList();
	}

	/**
	 * Rewrites a question; another document makes it rest on that one's current edition.
	 * @param id of the question
	 * @param version that it must have
	 * @param content without flaws
	 * @return false when the version is another by now
	 */
	Mono<Boolean> rewrite(UUID id, long version, QuestionContent content) {
		return this.database.sql("""
				UPDATE questions q
				SET kind = :kind, stem = :stem, options = :options::jsonb, answer = :answer, parts = :parts::jsonb,
				    explanation = :explanation, document = :document, clause = :clause, difficulty = :difficulty,
				    tags = :tags, version = q.version + 1,
				    edition_id = CASE WHEN (SELECT title FROM source_documents WHERE id = q.edition_id) = :title
				                      THEN q.edition_id
				                      ELSE (SELECT id FROM source_documents WHERE title = :title
				                            ORDER BY superseded_by IS NOT NULL, id DESC LIMIT 1) END
				WHERE q.id = :id AND q.version = :version
				""")
			.bind("id", id)
			.bind("version", version)
			.bind("kind", content.kind().name())
			.bind("stem", content.stem())
			.bind("options", this.json.writeValueAsString(content.keyedOptions()))
			.bind("answer", content.answerKeys().toArray(String[]::new))
			.bind("parts", this.json.writeValueAsString(content.parts()))
			.bind("explanation", content.explanation())
			.bind("document", content.document())
			.bind("clause", content.clause())
			.bind("title", Source.title(content.document()))
			.bind("difficulty", content.difficulty())
			.bind("tags", content.tags().toArray(String[]::new))
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows == 1);
	}

	/** False when the version is another by now. */
	Mono<Boolean> withdraw(UUID id, long version) {
		return this.database.sql("""
				UPDATE questions
				SET withdrawn_at = :now, version = version + 1
				WHERE id = :id AND version = :version AND withdrawn_at IS NULL
				""")
			.bind("id", id)
			.bind("version", version)
			.bind("now", this.clock.instant())
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows == 1);
	}

	/**
	 * Lets a question rest on the edition that is current at the end of the line of those
	 * that took its edition's place, under that one's title.
	 * @param id of the question
	 * @param version that it must have
	 * @param clause in the current edition, null when it is the same
	 * @return false when the version is another by now
	 */
	Mono<Boolean> confirm(UUID id, long version, @Nullable String clause) {
		return this.database.sql("""
				WITH RECURSIVE line AS (
				  SELECT d.id, d.title, d.superseded_by, d.title AS before
				  FROM questions q
				  JOIN source_documents d ON d.id = q.edition_id
				  WHERE q.id = :id
				  UNION ALL
				  SELECT d.id, d.title, d.superseded_by, l.before
				  FROM line l
				  JOIN source_documents d ON d.id = l.superseded_by
				)
				UPDATE questions q
				SET edition_id = l.id, document = CASE WHEN l.title = l.before THEN q.document ELSE l.title END,
				    clause = coalesce(:clause, q.clause), version = q.version + 1
				FROM line l
				WHERE l.superseded_by IS NULL AND q.id = :id AND q.version = :version
				""")
			.bind("id", id)
			.bind("version", version)
			.bind("clause", Parameters.in(PostgresqlObjectId.TEXT, clause))
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows == 1);
	}

	private static @Nullable String name(@Nullable Enum<?> value) {
		return (value != null) ? value.name() : null;
	}

	private KeptQuestion kept(Readable row) {
		return new KeptQuestion(Columns.get(row, "bank_id", UUID.class), this.banks.question(row), edition(row),
				Columns.get(row, "withdrawn", Boolean.class), Columns.get(row, "version", Long.class));
	}

	/** How many rest on it is another question, which the list of editions answers. */
	private static @Nullable Edition edition(Readable row) {
		UUID id = row.get("edition_id", UUID.class);
		return (id != null)
				? new Edition(id, Columns.get(row, "title", String.class), Columns.get(row, "edition", String.class),
						row.get("valid_from", LocalDate.class), row.get("superseded_by", UUID.class), 0)
				: null;
	}

	/**
	 * What a search asks for; null asks nothing.
	 *
	 * @param bankId of the bank
	 * @param documentId of the edition that it was last confirmed on
	 * @param state of the question
	 * @param kind of the question
	 * @param difficulty from 1 to 3
	 * @param tag that it has
	 * @param text part of its stem
	 */
	record Wanted(@Nullable UUID bankId, @Nullable UUID documentId, @Nullable State state, @Nullable QuestionKind kind,
			@Nullable Integer difficulty, @Nullable String tag, @Nullable String text) {

		static Wanted ofBank(UUID bankId) {
			return new Wanted(bankId, null, null, null, null, null, null);
		}

	}

}
