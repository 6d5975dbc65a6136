package cn.qingfeng.quiz.round;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import cn.qingfeng.platform.database.Columns;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.bank.QuestionKind;
import io.r2dbc.postgresql.codec.PostgresqlObjectId;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;

/**
 * Rounds with their rules.
 */
@Repository
class RoundRepository {

	/** Stands in no tag. */
	private static final String SEPARATOR = "\u001f";

	private final DatabaseClient database;

	private final Clock clock;

	RoundRepository(DatabaseClient database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	/** Empty when there is no such round. */
	Mono<Round> find(RoundId id) {
		return read("""
				SELECT *
				FROM quiz_rounds
				WHERE id = :id
				""", id);
	}

	/** Nobody can change or publish it until the transaction ends. */
	Mono<Round> findForShare(RoundId id) {
		return read("""
				SELECT *
				FROM quiz_rounds
				WHERE id = :id
				FOR SHARE
				""", id);
	}

	/** Holds the row until the transaction ends. */
	Mono<Round> findForUpdate(RoundId id) {
		return read("""
				SELECT *
				FROM quiz_rounds
				WHERE id = :id
				FOR UPDATE
				""", id);
	}

	/** Whether it was added; false when a round with that key is there already. */
	Mono<Boolean> add(Round round, @Nullable String key, @Nullable UUID byStaff) {
		GenericExecuteSpec insert = this.database.sql("""
				INSERT INTO quiz_rounds (id, key, title, description, state, opens_at, closes_at, time_limit_minutes,
				                         attempts_allowed, pass_mark, review_policy, question_count, created_at,
				                         created_by, version)
				VALUES (:id, :key, :title, :description, 'DRAFT', :opensAt, :closesAt, :timeLimit,
				        :attempts, :passMark, :reviewPolicy, :questions, :now, :by, :version)
				ON CONFLICT (key) DO NOTHING
				""")
			.bind("key", Parameters.in(PostgresqlObjectId.TEXT, key))
			.bind("now", this.clock.instant())
			.bind("by", Parameters.in(PostgresqlObjectId.UUID, byStaff));
		return bind(insert, round).fetch()
			.rowsUpdated()
			.flatMap((added) -> (added == 0) ? Mono.just(false) : addRules(round).thenReturn(true));
	}

	/** Whether it was written; false when someone else changed the round meanwhile. */
	Mono<Boolean> update(Round round, UUID byStaff) {
		GenericExecuteSpec update = this.database.sql("""
				UPDATE quiz_rounds
				SET title = :title, description = :description, opens_at = :opensAt, closes_at = :closesAt,
				    time_limit_minutes = :timeLimit, attempts_allowed = :attempts, pass_mark = :passMark,
				    review_policy = :reviewPolicy, question_count = :questions, version = :version, changed_by = :by
				WHERE id = :id AND version = :version - 1 AND state = 'DRAFT'
				""").bind("by", byStaff);
		return bind(update, round).fetch()
			.rowsUpdated()
			.flatMap((changed) -> (changed == 0) ? Mono.just(false) : replaceRules(round).thenReturn(true));
	}

	/** Only within the transaction that read it for update. */
	Mono<Void> publish(Round round) {
		Round.Publication publication = Objects.requireNonNull(round.publication());
		return this.database.sql("""
				UPDATE quiz_rounds
				SET state = 'PUBLISHED', commitment = :commitment, content_hash = :hash, published_at = :at,
				    published_by = :by, version = :version
				WHERE id = :id
				""")
			.bind("id", round.id().value())
			.bind("commitment", publication.commitment())
			.bind("hash", publication.contentHash())
			.bind("at", publication.at())
			.bind("by", publication.by())
			.bind("version", round.version())
			.then();
	}

	/** Whether that person wrote it or changed it last. */
	Mono<Boolean> isWrittenBy(RoundId id, UUID staff) {
		return this.database.sql("""
				SELECT coalesce(created_by = :staff, false) OR coalesce(changed_by = :staff, false) AS written
				FROM quiz_rounds
				WHERE id = :id
				""").bind("id", id.value()).bind("staff", staff).mapValue(Boolean.class).one();
	}

	/** Only within the transaction that read it for update. */
	Mono<Void> moveEnd(Round round) {
		return this.database.sql("""
				UPDATE quiz_rounds
				SET closes_at = :closesAt, end_moved_at = :now, version = :version
				WHERE id = :id
				""")
			.bind("id", round.id().value())
			.bind("closesAt", round.definition().closesAt())
			.bind("now", this.clock.instant())
			.bind("version", round.version())
			.then();
	}

	/** Only within the transaction that read it for update; the snapshot is gone. */
	Mono<Void> withdraw(Round round) {
		return this.database.sql("""
				UPDATE quiz_rounds
				SET state = 'DRAFT', commitment = NULL, content_hash = NULL, published_at = NULL, published_by = NULL,
				    key_version = 0, version = :version
				WHERE id = :id
				""").bind("id", round.id().value()).bind("version", round.version()).then();
	}

	private Mono<Round> read(String sql, RoundId id) {
		return this.database.sql(sql)
			.bind("id", id.value())
			.map(Head::of)
			.one()
			.flatMap((columns) -> rules(id).map(columns::round));
	}

	private Mono<List<Rule>> rules(RoundId id) {
		return this.database.sql("""
				SELECT bank_id, count, kinds, difficulties, tags, questions
				FROM quiz_round_rules
				WHERE round_id = :id
				ORDER BY position
				""").bind("id", id.value()).map(RoundRepository::rule).all().collectList();
	}

	private Mono<Void> replaceRules(Round round) {
		return this.database.sql("""
				DELETE FROM quiz_round_rules
				WHERE round_id = :id
				""").bind("id", round.id().value()).then().then(addRules(round));
	}

	private Mono<Void> addRules(Round round) {
		List<Rule> rules = round.definition().rules();
		return this.database.sql("""
				INSERT INTO quiz_round_rules (round_id, position, bank_id, count, kinds, difficulties, tags, questions)
				SELECT :id, position, bank_id, count,
				       string_to_array(kinds, ','), string_to_array(difficulties, ',')::smallint[],
				       string_to_array(tags, chr(31)), string_to_array(questions, ',')::uuid[]
				FROM unnest(:positions, :banks, :counts, :kinds, :difficulties, :tags, :questions)
				         AS rule (position, bank_id, count, kinds, difficulties, tags, questions)
				""")
			.bind("id", round.id().value())
			.bind("positions", IntStream.range(0, rules.size()).boxed().toArray(Integer[]::new))
			.bind("banks", rules.stream().map(Rule::bankId).toArray(UUID[]::new))
			.bind("counts", rules.stream().map(Rule::count).toArray(Integer[]::new))
			.bind("kinds", rules.stream().map((rule) -> joined(rule.kinds())).toArray(String[]::new))
			.bind("difficulties", rules.stream().map((rule) -> joined(rule.difficulties())).toArray(String[]::new))
			.bind("tags", rules.stream().map((rule) -> String.join(SEPARATOR, rule.tags())).toArray(String[]::new))
			.bind("questions", rules.stream().map((rule) -> joined(rule.questionIds())).toArray(String[]::new))
			.then();
	}

	private static GenericExecuteSpec bind(GenericExecuteSpec sql, Round round) {
		RoundDefinition definition = round.definition();
		return sql.bind("id", round.id().value())
			.bind("title", definition.title())
			.bind("description", Parameters.in(PostgresqlObjectId.TEXT, definition.description()))
			.bind("opensAt", definition.opensAt())
			.bind("closesAt", definition.closesAt())
			.bind("timeLimit", definition.timeLimitMinutes())
			.bind("attempts", definition.attemptsAllowed())
			.bind("passMark", definition.passMark())
			.bind("reviewPolicy", definition.reviewPolicy().name())
			.bind("questions", definition.questionCount())
			.bind("version", round.version());
	}

	private static String joined(Set<?> values) {
		return values.stream().map(Object::toString).sorted().collect(Collectors.joining(","));
	}

	private static Rule rule(Readable row) {
		return new Rule(Columns.get(row, "bank_id", UUID.class), Columns.get(row, "count", Integer.class),
				Arrays.stream(Columns.get(row, "kinds", String[].class))
					.map(QuestionKind::valueOf)
					.collect(Collectors.toSet()),
				Arrays.stream(Columns.get(row, "difficulties", Integer[].class)).collect(Collectors.toSet()),
				Set.of(Columns.get(row, "tags", String[].class)), Set.of(Columns.get(row, "questions", UUID[].class)));
	}

	private record Head(RoundId id, String title, @Nullable String description, Instant opensAt, Instant closesAt,
			int timeLimitMinutes, int attemptsAllowed, int passMark, ReviewPolicy reviewPolicy,
			Round.@Nullable Publication publication, long version) {

		static Head of(Readable row) {
			return new Head(new RoundId(Columns.get(row, "id", UUID.class)), Columns.get(row, "title", String.class),
					row.get("description", String.class), Columns.get(row, "opens_at", Instant.class),
					Columns.get(row, "closes_at", Instant.class), Columns.get(row, "time_limit_minutes", Integer.class),
					Columns.get(row, "attempts_allowed", Integer.class), Columns.get(row, "pass_mark", Integer.class),
					ReviewPolicy.valueOf(Columns.get(row, "review_policy", String.class)), publication(row),
					Columns.get(row, "version", Long.class));
		}

		private static Round.@Nullable Publication publication(Readable row) {
			Instant at = row.get("published_at", Instant.class);
			return (at != null) ? new Round.Publication(Columns.get(row, "commitment", String.class),
					Columns.get(row, "content_hash", String.class), at, Columns.get(row, "published_by", UUID.class))
					: null;
		}

		Round round(List<Rule> rules) {
			RoundDefinition definition = new RoundDefinition(this.title, this.description, this.opensAt, this.closesAt,
					this.timeLimitMinutes, this.attemptsAllowed, this.passMark, this.reviewPolicy, rules);
			return new Round(this.id, definition, this.publication, this.version);
		}

	}

}
