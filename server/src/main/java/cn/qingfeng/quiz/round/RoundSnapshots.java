package cn.qingfeng.quiz.round;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import cn.qingfeng.platform.database.Columns;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.bank.Part;
import cn.qingfeng.quiz.bank.QuestionKind;
import cn.qingfeng.quiz.bank.Written;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * What publishing freezes: the questions without keys, the keys, and the seed, each in a
 * table of its own.
 */
@Repository
class RoundSnapshots {

	private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {
	};

	private static final TypeReference<List<Part>> PARTS = new TypeReference<>() {
	};

	private final DatabaseClient database;

	private final JsonMapper json;

	RoundSnapshots(DatabaseClient database, JsonMapper json) {
		this.database = database;
		this.json = json;
	}

	/** One statement: questions, keys and seed. */
	Mono<Void> keep(RoundId id, List<Candidate> candidates, Seed seed) {
		return this.database.sql("""
				WITH candidate AS (
				  SELECT *
				  FROM jsonb_to_recordset(:candidates::jsonb)
				           AS c (rule smallint, "questionId" uuid, kind text, stem text, options jsonb, blanks smallint,
				                 key integer, parts jsonb, explanation text, source text)
				), question AS (
				  INSERT INTO quiz_round_questions (round_id, question_id, rule, kind, stem, options, blanks)
				  SELECT :id, "questionId", rule, kind, stem, options, blanks FROM candidate
				), key AS (
				  INSERT INTO quiz_round_keys (round_id, question_id, options, parts, explanation, source)
				  SELECT :id, "questionId", key, parts, explanation, source FROM candidate
				)
				INSERT INTO quiz_round_seeds (round_id, seed)
				VALUES (:id, :seed)
				""")
			.bind("id", id.value())
			.bind("candidates", this.json.writeValueAsString(candidates.stream().map(FrozenQuestion::of).toList()))
			.bind("seed", seed.bytes())
			.then();
	}

	/** What {@link #keep} kept, and what was proposed about it. */
	Mono<Void> drop(RoundId id) {
		return this.database.sql("""
				WITH corrections AS (DELETE FROM quiz_corrections WHERE round_id = :id),
				     keys AS (DELETE FROM quiz_round_keys WHERE round_id = :id),
				     questions AS (DELETE FROM quiz_round_questions WHERE round_id = :id)
				DELETE FROM quiz_round_seeds
				WHERE round_id = :id
				""").bind("id", id.value()).then();
	}

	/** Deadlines of open attempts whose round's end was moved since then. */
	Mono<Void> alignDeadlines(Instant movedSince) {
		return this.database.sql("""
				UPDATE quiz_attempts a
				SET deadline = least(a.started_at + r.time_limit_minutes * interval '1 minute', r.closes_at)
				FROM quiz_rounds r
				WHERE r.end_moved_at >= :since AND a.round_id = r.id AND a.submitted_at IS NULL
				  AND a.deadline <> least(a.started_at + r.time_limit_minutes * interval '1 minute', r.closes_at)
				""").bind("since", movedSince).then();
	}

	/** Empty when there is no such round or it is a draft. */
	Mono<PublishedRound> load(RoundId id) {
		return this.database.sql("""
				SELECT r.id, r.title, r.description, r.opens_at, r.closes_at, r.time_limit_minutes, r.attempts_allowed,
				       r.pass_mark, r.review_policy, s.seed
				FROM quiz_rounds r
				JOIN quiz_round_seeds s ON s.round_id = r.id
				WHERE r.id = :id AND r.state = 'PUBLISHED'
				""").bind("id", id.value()).map(Head::of).one().flatMap((head) -> pools(id).map(head::round));
	}

	/** All that was frozen, with its key as it is now. */
	Mono<List<FrozenQuestion>> frozen(RoundId id) {
		return this.database.sql("""
				SELECT q.rule, q.question_id, q.kind, q.stem, q.options::text AS options, q.blanks, k.options AS key,
				       k.parts::text AS parts, k.explanation, k.source
				FROM quiz_round_questions q
				JOIN quiz_round_keys k ON k.round_id = q.round_id AND k.question_id = q.question_id
				WHERE q.round_id = :id
				ORDER BY q.rule, q.question_id
				""").bind("id", id.value()).map(this::frozen).all().collectList();
	}

	Mono<AnswerKey> key(RoundId id) {
		return this.database.sql("""
				SELECT k.question_id, q.kind, k.options, k.parts::text AS parts, k.explanation, k.source,
				       k.everyone_right, r.key_version
				FROM quiz_round_keys k
				JOIN quiz_round_questions q ON q.round_id = k.round_id AND q.question_id = k.question_id
				JOIN quiz_rounds r ON r.id = k.round_id
				WHERE k.round_id = :id
				""").bind("id", id.value()).map(this::keyRow).all().collectList().map(KeyRow::key);
	}

	private Mono<List<Pool>> pools(RoundId id) {
		return this.database.sql("""
				SELECT r.position, r.count, q.question_id, q.kind, q.stem, q.options::text AS options, q.blanks
				FROM quiz_round_rules r
				JOIN quiz_round_questions q ON q.round_id = r.round_id AND q.rule = r.position
				WHERE r.round_id = :id
				ORDER BY r.position, q.question_id
				""")
			.bind("id", id.value())
			.map(this::drawn)
			.all()
			.bufferUntilChanged(Drawn::rule)
			.map(Drawn::pool)
			.collectList();
	}

	private FrozenQuestion frozen(Readable row) {
		return new FrozenQuestion(Columns.get(row, "rule", Integer.class), Columns.get(row, "question_id", UUID.class),
				QuestionKind.valueOf(Columns.get(row, "kind", String.class)), Columns.get(row, "stem", String.class),
				this.json.readValue(Columns.get(row, "options", String.class), TEXTS),
				Columns.get(row, "blanks", Integer.class), Columns.get(row, "key", Integer.class),
				this.json.readValue(Columns.get(row, "parts", String.class), PARTS),
				Columns.get(row, "explanation", String.class), Columns.get(row, "source", String.class));
	}

	private Drawn drawn(Readable row) {
		return new Drawn(Columns.get(row, "position", Integer.class), Columns.get(row, "count", Integer.class),
				new PoolQuestion(Columns.get(row, "question_id", UUID.class),
						QuestionKind.valueOf(Columns.get(row, "kind", String.class)),
						Columns.get(row, "stem", String.class),
						this.json.readValue(Columns.get(row, "options", String.class), TEXTS),
						Columns.get(row, "blanks", Integer.class)));
	}

	private KeyRow keyRow(Readable row) {
		return new KeyRow(Columns.get(row, "question_id", UUID.class),
				new AnswerKey.Entry(Columns.get(row, "options", Integer.class), written(row),
						Columns.get(row, "explanation", String.class), Columns.get(row, "source", String.class)),
				Columns.get(row, "everyone_right", Boolean.class), Columns.get(row, "key_version", Integer.class));
	}

	private @Nullable Written written(Readable row) {
		QuestionKind kind = QuestionKind.valueOf(Columns.get(row, "kind", String.class));
		return kind.isWritten() ? new Written(kind, this.json.readValue(Columns.get(row, "parts", String.class), PARTS))
				: null;
	}

	private record KeyRow(UUID questionId, AnswerKey.Entry entry, boolean everyoneRight, int version) {

		/** Of a round, which has at least one question. */
		static AnswerKey key(List<KeyRow> rows) {
			return new AnswerKey(rows.stream().collect(Collectors.toMap(KeyRow::questionId, KeyRow::entry)),
					rows.stream().filter(KeyRow::everyoneRight).map(KeyRow::questionId).collect(Collectors.toSet()),
					rows.getFirst().version());
		}

	}

	private record Drawn(int rule, int count, PoolQuestion question) {

		static Pool pool(List<Drawn> ofOneRule) {
			return new Pool(ofOneRule.getFirst().count(), ofOneRule.stream().map(Drawn::question).toList());
		}

	}

	private record Head(RoundId id, String title, @Nullable String description, Instant opensAt, Instant closesAt,
			int timeLimitMinutes, int attemptsAllowed, int passMark, ReviewPolicy reviewPolicy, Seed seed) {

		static Head of(Readable row) {
			return new Head(new RoundId(Columns.get(row, "id", UUID.class)), Columns.get(row, "title", String.class),
					row.get("description", String.class), Columns.get(row, "opens_at", Instant.class),
					Columns.get(row, "closes_at", Instant.class), Columns.get(row, "time_limit_minutes", Integer.class),
					Columns.get(row, "attempts_allowed", Integer.class), Columns.get(row, "pass_mark", Integer.class),
					ReviewPolicy.valueOf(Columns.get(row, "review_policy", String.class)),
					Seed.of(Columns.get(row, "seed", byte[].class)));
		}

		PublishedRound round(List<Pool> pools) {
			return new PublishedRound(this.id, this.title, this.description, this.opensAt, this.closesAt,
					this.timeLimitMinutes, this.attemptsAllowed, this.passMark, this.reviewPolicy, this.seed, pools);
		}

	}

}
