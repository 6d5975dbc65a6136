package cn.qingfeng.quiz;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.TestSessions;
import cn.qingfeng.platform.time.BusinessTime;

import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Banks, rounds and members of one test.
 */
public final class QuizFixtures {

	public static final Duration PATIENCE = Duration.ofSeconds(30);

	private final WebTestClient client;

	private final TestSessions sessions;

	private final DatabaseClient database;

	private final Clock clock;

	public QuizFixtures(WebTestClient client, TestSessions sessions, DatabaseClient database, Clock clock) {
		this.client = client;
		this.sessions = sessions;
		this.database = database;
		this.clock = clock;
	}

	/**
	 * A bank whose questions carry the token in each text, and the key's token in what
	 * only a review may show: SINGLE, MULTIPLE and TRUE_FALSE by turns.
	 */
	public UUID bank(int questions, String token) {
		UUID bank = UUID.randomUUID();
		run("""
				INSERT INTO question_banks (id, key, title, document, document_version, created_at)
				VALUES (:id, :key, 'test', 'test', NULL, now())
				""", Map.of("id", bank, "key", "bank-" + bank));
		run("""
				INSERT INTO questions (id, bank_id, key, kind, stem, options, answer, explanation, document, clause,
				                       difficulty, tags, created_at)
				SELECT gen_random_uuid(), :bank, :prefix || n,
				       (ARRAY['SINGLE', 'MULTIPLE', 'TRUE_FALSE'])[1 + n % 3], 'stem ' || n || ' ' || :token,
				       CASE WHEN n % 3 = 2
				            THEN '[{"key":"a","text":"right"},{"key":"b","text":"wrong"}]'::jsonb
				            ELSE '[{"key":"a","text":"A"},{"key":"b","text":"B"},
				                   {"key":"c","text":"C"},{"key":"d","text":"D"}]'::jsonb END,
				       CASE n % 3 WHEN 0 THEN ARRAY['b'] WHEN 1 THEN ARRAY['a', 'c'] ELSE ARRAY['a'] END,
				       'explained ' || :secret, 'document ' || :secret, 'clause', 1 + n % 3, '{}', now()
				FROM generate_series(0, :last) AS n
				""", Map.of("bank", bank, "prefix", bank + "-", "token", token, "secret", "KEY" + token, "last",
				questions - 1));
		return bank;
	}

	/** A question whose answer is written. */
	public void write(UUID bank, String kind, String stem, List<Map<String, Object>> parts) {
		this.client.post()
			.uri("/api/admin/v1/question-banks/{bank}/questions", bank)
			.headers(this.sessions.staff("QUIZ_AUTHOR"))
			.bodyValue(Map.of("kind", kind, "stem", stem, "parts", parts, "explanation", "解释KEY", "document", "党章",
					"clause", "第十条", "difficulty", 1))
			.exchange()
			.expectStatus()
			.isCreated();
	}

	public static Map<String, Object> part(int weight, String... accepted) {
		return Map.of("accepted", List.of(accepted), "weight", weight);
	}

	/** A paper with these texts for the questions of a kind, handed in; its id. */
	public UUID handedIn(Consumer<HttpHeaders> member, UUID round, Map<String, String> textsByKind) {
		Map<?, ?> attempt = json(this.client.post()
			.uri("/api/v1/quizzes/{id}/attempts", round)
			.headers(member)
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(Map.class)
			.returnResult());
		for (Object question : (List<?>) attempt.get("questions")) {
			String text = textsByKind.get(((Map<?, ?>) question).get("kind"));
			if (text != null) {
				this.client.put()
					.uri("/api/v1/attempts/{id}/answers/{question}", attempt.get("id"),
							((Map<?, ?>) question).get("id"))
					.headers(member)
					.bodyValue(Map.of("text", text))
					.exchange()
					.expectStatus()
					.isNoContent();
			}
		}
		this.client.post()
			.uri("/api/v1/attempts/{id}/submission", attempt.get("id"))
			.headers(member)
			.exchange()
			.expectStatus()
			.isOk();
		return UUID.fromString(attempt.get("id").toString());
	}

	public Map<String, Object> draft(UUID bank, int questions) {
		Instant now = this.clock.instant();
		return new java.util.HashMap<>(Map.of("title", "测试", "opensAt", at(now.minusSeconds(60)), "closesAt",
				at(now.plus(Duration.ofDays(1))), "timeLimitMinutes", 30, "attempts", 1, "passMark", 60, "reviewPolicy",
				"AFTER_SUBMISSION", "rules", List.of(Map.of("bankId", bank, "count", questions))));
	}

	public UUID published(Map<String, Object> draft) {
		UUID id = created(draft);
		this.client.post()
			.uri("/api/admin/v1/quizzes/{id}/publication", id)
			.headers(this.sessions.staff("PUBLISHER"))
			.exchange()
			.expectStatus()
			.isOk();
		return id;
	}

	public UUID created(Map<String, Object> draft) {
		Map<?, ?> created = json(this.client.post()
			.uri("/api/admin/v1/quizzes")
			.headers(this.sessions.staff("QUIZ_AUTHOR"))
			.bodyValue(draft)
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(Map.class)
			.returnResult());
		return UUID.fromString(created.get("id").toString());
	}

	public Consumer<HttpHeaders> member() {
		return this.sessions.member(UUID.randomUUID(), UUID.randomUUID());
	}

	public long count(String sql, UUID id) {
		return this.database.sql(sql).bind("id", id).mapValue(Long.class).one().block(PATIENCE);
	}

	public void run(String sql, Map<String, ?> values) {
		this.database.sql(sql).bindValues(values).then().block(PATIENCE);
	}

	public static String at(Instant instant) {
		return BusinessTime.at(instant).toString();
	}

	public static <T> T json(EntityExchangeResult<T> result) {
		return java.util.Objects.requireNonNull(result.getResponseBody());
	}

}
