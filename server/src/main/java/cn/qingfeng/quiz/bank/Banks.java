package cn.qingfeng.quiz.bank;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import cn.qingfeng.platform.database.Columns;
import cn.qingfeng.platform.id.IdGenerator;
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
 * Banks and questions in the database.
 */
@Repository
public class Banks {

	private static final TypeReference<List<Option>> OPTIONS = new TypeReference<>() {
	};

	private static final TypeReference<List<Part>> PARTS = new TypeReference<>() {
	};

	private static final String BANKS = """
			SELECT b.id, b.key, b.title, b.document, b.document_version, b.version, b.archived_at IS NOT NULL AS archived,
			       (SELECT count(*) FROM questions q WHERE q.bank_id = b.id AND q.withdrawn_at IS NULL) AS questions
			FROM question_banks b
			""";

	private static final int MOST_BANKS = 500;

	private final DatabaseClient database;

	private final Editions editions;

	private final IdGenerator ids;

	private final Clock clock;

	private final JsonMapper json;

	Banks(DatabaseClient database, Editions editions, IdGenerator ids, Clock clock, JsonMapper json) {
		this.database = database;
		this.editions = editions;
		this.ids = ids;
		this.clock = clock;
		this.json = json;
	}

	/** By their keys; unknown keys are left out. */
	public Mono<Map<String, UUID>> idsByKey(Collection<String> keys) {
		return this.database.sql("""
				SELECT id, key
				FROM question_banks
				WHERE key = ANY(:keys)
				""")
			.bind("keys", keys.toArray(String[]::new))
			.map((row) -> Map.entry(Columns.get(row, "key", String.class), Columns.get(row, "id", UUID.class)))
			.all()
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	/** Those of the ids that are banks and not archived. */
	public Mono<Set<UUID>> existing(Collection<UUID> ids) {
		return this.database.sql("""
				SELECT id
				FROM question_banks
				WHERE id = ANY(:ids) AND archived_at IS NULL
				""")
			.bind("ids", ids.toArray(UUID[]::new))
			.map((row) -> Columns.get(row, "id", UUID.class))
			.all()
			.collect(Collectors.toSet());
	}

	/**
	 * Questions of a bank that new rounds may draw.
	 * @param bankId of the bank
	 * @param kinds only of these kinds, empty for all
	 * @param difficulties only of these, empty for all
	 * @return by id
	 */
	public Mono<List<Question>> matching(UUID bankId, Collection<QuestionKind> kinds,
			Collection<Integer> difficulties) {
		return matching(bankId, kinds, difficulties, List.of(), List.of());
	}

	/**
	 * Questions of a bank.
	 * @param bankId of the bank
	 * @param kinds only of these kinds, empty for all
	 * @param difficulties only of these, empty for all
	 * @param tags only with one of these, empty for all
	 * @param ids only these, empty for all
	 * @return by id
	 */
	public Mono<List<Question>> matching(UUID bankId, Collection<QuestionKind> kinds, Collection<Integer> difficulties,
			Collection<String> tags, Collection<UUID> ids) {
		return this.database
			.sql("""
					SELECT q.id, q.kind, q.stem, q.options::text AS options, q.answer, q.parts::text AS parts, q.explanation,
					       q.document, q.clause, q.difficulty, q.tags
					FROM questions q
					JOIN question_banks b ON b.id = q.bank_id
					LEFT JOIN source_documents d ON d.id = q.edition_id
					WHERE q.bank_id = :bank
					  AND b.archived_at IS NULL AND q.withdrawn_at IS NULL AND d.superseded_by IS NULL
					  AND (cardinality(:kinds::text[]) = 0 OR q.kind = ANY(:kinds))
					  AND (cardinality(:difficulties::int[]) = 0 OR q.difficulty = ANY(:difficulties))
					  AND (cardinality(:tags::text[]) = 0 OR q.tags && :tags)
					  AND (cardinality(:ids::uuid[]) = 0 OR q.id = ANY(:ids))
					ORDER BY q.id
					""")
			.bind("bank", bankId)
			.bind("kinds", kinds.stream().map(Enum::name).toArray(String[]::new))
			.bind("difficulties", difficulties.toArray(Integer[]::new))
			.bind("tags", tags.toArray(String[]::new))
			.bind("ids", ids.toArray(UUID[]::new))
			.map(this::question)
			.all()
			.collectList();
	}

	/** All questions of a bank but the withdrawn, by id. */
	public Mono<List<Question>> questions(UUID bankId) {
		return this.database
			.sql("""
					SELECT id, kind, stem, options::text AS options, answer, parts::text AS parts, explanation, document, clause,
					       difficulty, tags
					FROM questions
					WHERE bank_id = :bank AND withdrawn_at IS NULL
					ORDER BY id
					""")
			.bind("bank", bankId)
			.map(this::question)
			.all()
			.collectList();
	}

	/** Of all questions of a bank, the withdrawn included. */
	public Mono<List<String>> stems(UUID bankId) {
		return this.database.sql("SELECT stem FROM questions WHERE bank_id = :bank")
			.bind("bank", bankId)
			.mapValue(String.class)
			.all()
			.collectList();
	}

	Mono<List<Bank>> all() {
		return this.database.sql(BANKS + """
				ORDER BY b.key
				LIMIT :most
				""").bind("most", MOST_BANKS).map(Banks::bank).all().collectList();
	}

	/** Adds a bank and those of its questions that are not there yet; changes none. */
	Mono<Void> add(BankFile file) {
		String title = Source.title(file.document());
		return this.editions.register(List.of(title), file.version())
			.then(Mono.defer(() -> add(this.ids.next(), file.key(), file.title(), file.document(), file.version())))
			.then(Mono.defer(() -> idsByKey(List.of(file.key()))))
			.flatMap((ids) -> add(Objects.requireNonNull(ids.get(file.key())), file.questions()))
			.then();
	}

	/**
	 * Adds those of the questions whose keys are not there yet; changes none.
	 * @param bankId where they go
	 * @param added in any number
	 * @return how many were added
	 */
	public Mono<Long> add(UUID bankId, List<NewQuestion> added) {
		Set<String> titles = added.stream()
			.map((question) -> Source.title(question.source().document()))
			.collect(Collectors.toCollection(TreeSet::new));
		return this.editions.register(titles, "").then(Mono.defer(() -> insert(bankId, added)));
	}

	private Mono<Long> insert(UUID bankId, List<NewQuestion> added) {
		String questions = this.json.writeValueAsString(added.stream().map(this::row).toList());
		return this.database
			.sql("""
					INSERT INTO questions (id, bank_id, key, kind, stem, options, answer, parts, explanation, document, clause,
					                       difficulty, tags, edition_id, created_at)
					SELECT q.id, :bank, q.key, q.kind, q.stem, q.options, q.answer, q.parts, q.explanation, q.document, q.clause,
					       q.difficulty, q.tags, d.id, :now
					FROM jsonb_to_recordset(:questions::jsonb) AS q (id uuid, key text, kind text, stem text, options jsonb,
					         answer text[], parts jsonb, explanation text, document text, clause text, title text,
					         difficulty smallint, tags text[])
					CROSS JOIN LATERAL (SELECT id FROM source_documents WHERE title = q.title
					                    ORDER BY superseded_by IS NOT NULL, id DESC LIMIT 1) AS d
					ON CONFLICT (key) DO NOTHING
					""")
			.bind("bank", bankId)
			.bind("questions", questions)
			.bind("now", this.clock.instant())
			.fetch()
			.rowsUpdated();
	}

	/** One bank, empty when there is none. */
	public Mono<Bank> find(UUID id) {
		return this.database.sql(BANKS + "WHERE b.id = :id").bind("id", id).map(Banks::bank).one();
	}

	/** Nothing happens when the key is there. */
	Mono<Void> add(UUID id, String key, String title, String document, @Nullable String documentVersion) {
		return this.database.sql("""
				INSERT INTO question_banks (id, key, title, document, document_version, created_at)
				VALUES (:id, :key, :title, :document, :version, :now)
				ON CONFLICT (key) DO NOTHING
				""")
			.bind("id", id)
			.bind("key", key)
			.bind("title", title)
			.bind("document", document)
			.bind("version", Parameters.in(PostgresqlObjectId.TEXT, documentVersion))
			.bind("now", this.clock.instant())
			.then();
	}

	/** False when the version is no longer the present one. */
	Mono<Boolean> rename(Bank bank) {
		return this.database.sql("""
				UPDATE question_banks
				SET title = :title, document = :document, version = version + 1
				WHERE id = :id AND version = :version
				""")
			.bind("id", bank.id())
			.bind("title", bank.title())
			.bind("document", bank.document())
			.bind("version", bank.version())
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows == 1);
	}

	/** False when the version is no longer the present one. */
	Mono<Boolean> archive(UUID id, long version) {
		return this.database.sql("""
				UPDATE question_banks
				SET archived_at = coalesce(archived_at, :now), version = version + 1
				WHERE id = :id AND version = :version
				""")
			.bind("id", id)
			.bind("now", this.clock.instant())
			.bind("version", version)
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows == 1);
	}

	private Row row(NewQuestion entry) {
		return new Row(this.ids.next(), entry.key(), entry.kind(), entry.stem(), entry.options(), entry.answer(),
				entry.parts(), entry.explanation(), entry.source().document(), entry.source().clause(),
				Source.title(entry.source().document()), entry.difficulty(), entry.tags());
	}

	private static Bank bank(Readable row) {
		return new Bank(Columns.get(row, "id", UUID.class), Columns.get(row, "key", String.class),
				Columns.get(row, "title", String.class), Columns.get(row, "document", String.class),
				row.get("document_version", String.class), Columns.get(row, "questions", Integer.class),
				Columns.get(row, "archived", Boolean.class), Columns.get(row, "version", Long.class));
	}

	Question question(Readable row) {
		return new Question(Columns.get(row, "id", UUID.class),
				QuestionKind.valueOf(Columns.get(row, "kind", String.class)), Columns.get(row, "stem", String.class),
				this.json.readValue(Columns.get(row, "options", String.class), OPTIONS),
				List.of(Columns.get(row, "answer", String[].class)),
				this.json.readValue(Columns.get(row, "parts", String.class), PARTS),
				Columns.get(row, "explanation", String.class),
				new Source(Columns.get(row, "document", String.class), Columns.get(row, "clause", String.class)),
				Columns.get(row, "difficulty", Integer.class), List.of(Columns.get(row, "tags", String[].class)));
	}

	private record Row(UUID id, String key, QuestionKind kind, String stem, List<Option> options, List<String> answer,
			List<Part> parts, String explanation, String document, String clause, String title, int difficulty,
			List<String> tags) {

	}

}
