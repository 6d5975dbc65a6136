package cn.qingfeng.quiz.bank;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import cn.qingfeng.platform.database.Columns;
import cn.qingfeng.platform.id.IdGenerator;
import io.r2dbc.spi.Readable;
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

	private static final int MOST_BANKS = 500;

	private final DatabaseClient database;

	private final IdGenerator ids;

	private final Clock clock;

	private final JsonMapper json;

	Banks(DatabaseClient database, IdGenerator ids, Clock clock, JsonMapper json) {
		this.database = database;
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

	/** Those of the ids that are banks. */
	public Mono<Set<UUID>> existing(Collection<UUID> ids) {
		return this.database.sql("""
				SELECT id
				FROM question_banks
				WHERE id = ANY(:ids)
				""")
			.bind("ids", ids.toArray(UUID[]::new))
			.map((row) -> Columns.get(row, "id", UUID.class))
			.all()
			.collect(Collectors.toSet());
	}

	/**
	 * Questions of a bank.
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
		return this.database.sql("""
				SELECT id, kind, stem, options::text AS options, answer, explanation, document, clause, difficulty, tags
				FROM questions
				WHERE bank_id = :bank
				  AND (cardinality(:kinds::text[]) = 0 OR kind = ANY(:kinds))
				  AND (cardinality(:difficulties::int[]) = 0 OR difficulty = ANY(:difficulties))
				  AND (cardinality(:tags::text[]) = 0 OR tags && :tags)
				  AND (cardinality(:ids::uuid[]) = 0 OR id = ANY(:ids))
				ORDER BY id
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

	Mono<List<Bank>> all() {
		return this.database.sql("""
				SELECT b.id, b.key, b.title, b.document, b.document_version, count(q.id) AS questions
				FROM question_banks b
				LEFT JOIN questions q ON q.bank_id = b.id
				GROUP BY b.id
				ORDER BY b.key
				LIMIT :most
				""").bind("most", MOST_BANKS).map(Banks::bank).all().collectList();
	}

	Mono<List<Question>> page(UUID bankId, UUID after, int rows) {
		return this.database.sql("""
				SELECT id, kind, stem, options::text AS options, answer, explanation, document, clause, difficulty, tags
				FROM questions
				WHERE bank_id = :bank AND id > :after
				ORDER BY id
				LIMIT :rows
				""")
			.bind("bank", bankId)
			.bind("after", after)
			.bind("rows", rows)
			.map(this::question)
			.all()
			.collectList();
	}

	/** Adds a bank and those of its questions that are not there yet; changes none. */
	Mono<Void> add(BankFile file) {
		return addBank(file).then(idsByKey(List.of(file.key())))
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
		String questions = this.json.writeValueAsString(added.stream().map(this::row).toList());
		return this.database.sql("""
				INSERT INTO questions (id, bank_id, key, kind, stem, options, answer, explanation, document, clause,
				                       difficulty, tags, created_at)
				SELECT q.id, :bank, q.key, q.kind, q.stem, q.options, q.answer, q.explanation, q.document, q.clause,
				       q.difficulty, q.tags, :now
				FROM jsonb_to_recordset(:questions::jsonb) AS q (id uuid, key text, kind text, stem text, options jsonb,
				         answer text[], explanation text, document text, clause text, difficulty smallint, tags text[])
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
		return this.database.sql("""
				SELECT b.id, b.key, b.title, b.document, b.document_version,
				       (SELECT count(*) FROM questions q WHERE q.bank_id = b.id) AS questions
				FROM question_banks b
				WHERE b.id = :id
				""").bind("id", id).map(Banks::bank).one();
	}

	private Mono<Void> addBank(BankFile file) {
		return this.database.sql("""
				INSERT INTO question_banks (id, key, title, document, document_version, created_at)
				VALUES (:id, :key, :title, :document, :version, :now)
				ON CONFLICT (key) DO NOTHING
				""")
			.bind("id", this.ids.next())
			.bind("key", file.key())
			.bind("title", file.title())
			.bind("document", file.document())
			.bind("version", file.version())
			.bind("now", this.clock.instant())
			.then();
	}

	private Row row(NewQuestion entry) {
		return new Row(this.ids.next(), entry.key(), entry.kind(), entry.stem(), entry.options(), entry.answer(),
				entry.explanation(), entry.source().document(), entry.source().clause(), entry.difficulty(),
				entry.tags());
	}

	private static Bank bank(Readable row) {
		return new Bank(Columns.get(row, "id", UUID.class), Columns.get(row, "key", String.class),
				Columns.get(row, "title", String.class), Columns.get(row, "document", String.class),
				row.get("document_version", String.class), Columns.get(row, "questions", Integer.class));
	}

	private Question question(Readable row) {
		return new Question(Columns.get(row, "id", UUID.class),
				QuestionKind.valueOf(Columns.get(row, "kind", String.class)), Columns.get(row, "stem", String.class),
				this.json.readValue(Columns.get(row, "options", String.class), OPTIONS),
				List.of(Columns.get(row, "answer", String[].class)), Columns.get(row, "explanation", String.class),
				new Source(Columns.get(row, "document", String.class), Columns.get(row, "clause", String.class)),
				Columns.get(row, "difficulty", Integer.class), List.of(Columns.get(row, "tags", String[].class)));
	}

	private record Row(UUID id, String key, QuestionKind kind, String stem, List<Option> options, List<String> answer,
			String explanation, String document, String clause, int difficulty, List<String> tags) {

	}

}
