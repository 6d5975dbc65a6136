package cn.qingfeng.quiz.round;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestSessions;
import cn.qingfeng.quiz.QuizFixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class RoundControllerIT {

	private static final String QUIZZES = "/api/admin/v1/quizzes";

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private Clock clock;

	private QuizFixtures fixtures;

	private Consumer<HttpHeaders> author;

	@BeforeEach
	void setUp() {
		this.fixtures = new QuizFixtures(this.client, this.sessions, this.database, this.clock);
		this.author = this.sessions.staff("QUIZ_AUTHOR");
	}

	@Test
	void aDraftIsChangedByItsVersionAndPublishedOnce() {
		Map<String, Object> draft = this.fixtures.draft(this.fixtures.bank(6, "author"), 4);
		UUID id = this.fixtures.created(draft);
		draft.put("title", "改过的题目");
		draft.put("description", "说明");
		put(id, "\"0\"", draft).expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"1\"")
			.expectBody()
			.jsonPath("$.title")
			.isEqualTo("改过的题目")
			.jsonPath("$.commitment")
			.isEmpty();
		problem(put(id, "\"0\"", draft), 412, "stale-version");
		problem(put(id, "nonsense", draft), 412, "stale-version");
		publish(id).expectStatus().isOk().expectBody().jsonPath("$.state").isEqualTo("PUBLISHED");
		publish(id).expectStatus().isOk();
		problem(put(id, "\"2\"", draft), 409, "quiz-published");
		this.client.get()
			.uri(QUIZZES + "/{id}", id)
			.headers(this.author)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.commitment")
			.value((commitment) -> assertThat(commitment.toString()).hasSize(64))
			.jsonPath("$.rules[0].count")
			.isEqualTo(4)
			.jsonPath("$.total")
			.isEqualTo(100)
			.jsonPath("$.version")
			.isEqualTo(2);
	}

	@Test
	void aDraftIsInTheList() {
		UUID id = this.fixtures.created(this.fixtures.draft(this.fixtures.bank(3, "list"), 3));
		this.client.get()
			.uri(QUIZZES + "?limit=100")
			.headers(this.author)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items[?(@.id == '" + id + "')].state")
			.isEqualTo("DRAFT");
	}

	@Test
	void aRepeatedCreationMakesOneRound() {
		Map<String, Object> draft = this.fixtures.draft(this.fixtures.bank(3, "again"), 3);
		Consumer<HttpHeaders> keyed = this.author.andThen((headers) -> headers.set("Idempotency-Key", "create-1"));
		assertThat(created(keyed, draft)).isEqualTo(created(keyed, draft));
		draft.put("title", "另一个");
		problem(post(keyed, draft), 409, "idempotency-key-reused");
	}

	@Test
	void everyChangeIsInTheAudit() {
		UUID id = this.fixtures.published(this.fixtures.draft(this.fixtures.bank(3, "audit"), 3));
		assertThat(this.fixtures.count("SELECT count(*) FROM audit_entry WHERE subject = :id::text", id)).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			title            | ''
			title            |
			timeLimitMinutes | 0
			timeLimitMinutes | 241
			attempts         | 11
			passMark         | 101
			reviewPolicy     | SOMETIMES
			closesAt         | 2020-01-01T00:00:00+08:00
			opensAt          | yesterday
			rules            | x
			surprise         | 1
			""")
	void nonsenseIsRefusedAndNamed(String field, String value) {
		Map<String, Object> draft = this.fixtures.draft(this.fixtures.bank(3, "bad"), 3);
		draft.put(field, value);
		problem(post(this.author, draft), 422, "invalid-request");
	}

	@Test
	void rulesMustNameBanksAndNotOverlap() {
		UUID bank = this.fixtures.bank(3, "rules");
		Map<String, Object> draft = this.fixtures.draft(bank, 3);
		draft.put("rules", List.of(Map.of("bankId", UUID.randomUUID(), "count", 1)));
		problem(post(this.author, draft), 422, "invalid-request");
		draft.put("rules", List.of(Map.of("bankId", bank, "count", 1), Map.of("bankId", bank, "count", 1)));
		problem(post(this.author, draft), 422, "invalid-request");
		draft.put("rules", List.of());
		problem(post(this.author, draft), 422, "invalid-request");
		draft.put("rules", List.of(Map.of("bankId", bank, "count", 1, "kinds", List.of("SINGLE")),
				Map.of("bankId", bank, "count", 2, "kinds", List.of("MULTIPLE", "TRUE_FALSE"))));
		publish(this.fixtures.created(draft)).expectStatus().isOk();
	}

	@Test
	void tooFewQuestionsAreToldOnPublication() {
		UUID id = this.fixtures.created(this.fixtures.draft(this.fixtures.bank(3, "short"), 9));
		problem(publish(id), 409, "question-shortage");
	}

	@Test
	void aRoundThatIsOverIsNotPublished() {
		Map<String, Object> draft = this.fixtures.draft(this.fixtures.bank(3, "over"), 3);
		draft.put("opensAt", "2026-01-01T00:00:00+08:00");
		draft.put("closesAt", "2026-01-31T00:00:00+08:00");
		problem(publish(this.fixtures.created(draft)), 409, "quiz-over");
	}

	@Test
	void whatIsNotThereIsNotFound() {
		for (String id : List.of(UUID.randomUUID().toString(), "nonsense")) {
			problem(this.client.get().uri(QUIZZES + "/" + id).headers(this.author).exchange(), 404, "not-found");
		}
		problem(publish(UUID.randomUUID()), 404, "not-found");
		problem(put(UUID.randomUUID(), "\"0\"", this.fixtures.draft(this.fixtures.bank(1, "none"), 1)), 404,
				"not-found");
	}

	@Test
	void onlyAuthorsSeeKeysAndOnlyPublishersPublish() {
		UUID bank = this.fixtures.bank(25, "bank");
		UUID id = this.fixtures.created(this.fixtures.draft(bank, 3));
		String questions = "/api/admin/v1/question-banks/" + bank + "/questions";
		problem(this.client.get().uri(questions).headers(this.sessions.staff("ADMIN")).exchange(), 403, "forbidden");
		problem(this.client.get().uri(questions).headers(this.fixtures.member()).exchange(), 401, "unauthenticated");
		problem(this.client.post().uri(QUIZZES + "/{id}/publication", id).headers(this.author).exchange(), 403,
				"forbidden");
		Map<?, ?> page = page(questions + "?limit=20");
		assertThat((List<?>) page.get("items")).hasSize(20).first().asString().contains("KEYbank").contains("answer");
		assertThat((List<?>) page(questions + "?limit=20&cursor=" + page.get("nextCursor")).get("items")).hasSize(5);
		problem(this.client.get()
			.uri("/api/admin/v1/question-banks/{id}/questions", UUID.randomUUID())
			.headers(this.author)
			.exchange(), 404, "not-found");
	}

	@Test
	void theBanksOfTheSeedsAreListedWithTheirNumbers() {
		List<?> banks = (List<?>) page("/api/admin/v1/question-banks").get("items");
		assertThat(banks).extracting("key").contains("discipline-2023");
		assertThat(banks).filteredOn((bank) -> "discipline-2023".equals(((Map<?, ?>) bank).get("key")))
			.extracting("questions", Integer.class)
			.allMatch((questions) -> questions >= 30);
	}

	private Map<?, ?> page(String uri) {
		return QuizFixtures.json(this.client.get()
			.uri(uri)
			.headers(this.author)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(HashMap.class)
			.returnResult());
	}

	private Object created(Consumer<HttpHeaders> headers, Map<String, Object> draft) {
		return QuizFixtures
			.json(post(headers, draft).expectStatus().isCreated().expectBody(HashMap.class).returnResult())
			.get("id");
	}

	private WebTestClient.ResponseSpec post(Consumer<HttpHeaders> headers, Map<String, Object> draft) {
		return this.client.post().uri(QUIZZES).headers(headers).bodyValue(draft).exchange();
	}

	private WebTestClient.ResponseSpec put(UUID id, String ifMatch, Map<String, Object> draft) {
		return this.client.put()
			.uri(QUIZZES + "/{id}", id)
			.headers(this.author)
			.header(HttpHeaders.IF_MATCH, ifMatch)
			.bodyValue(draft)
			.exchange();
	}

	private WebTestClient.ResponseSpec publish(UUID id) {
		return this.client.post()
			.uri(QUIZZES + "/{id}/publication", id)
			.headers(this.sessions.staff("PUBLISHER"))
			.exchange();
	}

	private static void problem(WebTestClient.ResponseSpec answer, int status, String name) {
		answer.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:" + name);
	}

}
