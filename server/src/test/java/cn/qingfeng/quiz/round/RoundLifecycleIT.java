package cn.qingfeng.quiz.round;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestSessions;
import cn.qingfeng.quiz.QuizFixtures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * From a draft over a second person to publication, and what may still change after it.
 */
@QingfengIT
class RoundLifecycleIT {

	private static final String QUIZZES = "/api/admin/v1/quizzes/";

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private TestClock clock;

	@Autowired
	private JsonMapper json;

	private QuizFixtures fixtures;

	private Consumer<HttpHeaders> publisher;

	private UUID bank;

	@BeforeEach
	void setUp() {
		this.fixtures = new QuizFixtures(this.client, this.sessions, this.database, this.clock);
		this.publisher = this.sessions.staff("PUBLISHER");
		this.bank = this.fixtures.bank(9, "life");
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void nobodyPublishesARoundThatTheyWroteOrChangedLast() {
		Consumer<HttpHeaders> writer = this.sessions.staff(UUID.randomUUID(), "QUIZ_AUTHOR", "PUBLISHER");
		Consumer<HttpHeaders> changer = this.sessions.staff(UUID.randomUUID(), "QUIZ_AUTHOR", "PUBLISHER");
		Map<String, Object> draft = this.fixtures.draft(this.bank, 3);
		UUID id = id(read(call(writer, HttpMethod.POST, "/api/admin/v1/quizzes", draft)));
		problem(publish(writer, id, null), "own-quiz");
		this.client.put()
			.uri(QUIZZES + id)
			.headers(changer)
			.header(HttpHeaders.IF_MATCH, "\"0\"")
			.bodyValue(draft)
			.exchange()
			.expectStatus()
			.isOk();
		problem(publish(changer, id, null), "own-quiz");
		problem(publish(writer, id, null), "own-quiz");
		publish(this.publisher, id, null).expectStatus().isOk();
	}

	@Test
	void onlyWhatWasLookedThroughIsPublished() {
		UUID id = this.fixtures.created(this.fixtures.draft(this.bank, 3));
		JsonNode before = read(call(this.publisher, HttpMethod.GET, QUIZZES + id + "/questions", null));
		assertThat(before.at("/rules/0/questions").size()).isEqualTo(9);
		assertThat(before.at("/rules/0/questions/0/answer").size()).isPositive();
		this.fixtures.run("UPDATE questions SET stem = stem || '?' WHERE bank_id = :bank", Map.of("bank", this.bank));
		problem(publish(this.publisher, id, before.at("/contentHash").asString()), "quiz-changed");
		JsonNode after = read(call(this.publisher, HttpMethod.GET, QUIZZES + id + "/questions", null));
		JsonNode published = read(publish(this.publisher, id, after.at("/contentHash").asString()));
		assertThat(published.at("/contentHash")).isEqualTo(after.at("/contentHash"));
		assertThat(this.fixtures
			.count("SELECT count(*) FROM audit_entry WHERE action = 'quiz.questions.read' AND subject = :id::text", id))
			.isEqualTo(2);
	}

	@Test
	void rulesByTagAndFixedQuestionsAreOnEveryPaperOnce() {
		List<UUID> questions = questions();
		this.fixtures.run("UPDATE questions SET tags = ARRAY['家风'] WHERE id = ANY(:ids)",
				Map.of("ids", questions.subList(0, 2).toArray(UUID[]::new)));
		Map<String, Object> draft = this.fixtures.draft(this.bank, 3);
		draft.put("rules",
				List.of(Map.of("bankId", this.bank, "count", 3),
						Map.of("bankId", this.bank, "count", 2, "tags", List.of("家风")),
						Map.of("bankId", this.bank, "count", 1, "questionIds", List.of(questions.get(8)))));
		UUID id = this.fixtures.published(draft);
		for (int n = 0; n < 5; n++) {
			JsonNode paper = read(
					call(this.fixtures.member(), HttpMethod.POST, "/api/v1/quizzes/" + id + "/attempts", null));
			Set<UUID> asked = new HashSet<>();
			paper.at("/questions").forEach((question) -> asked.add(id(question)));
			assertThat(asked).hasSize(6).contains(questions.get(0), questions.get(1), questions.get(8));
		}
		JsonNode shown = read(call(this.publisher, HttpMethod.GET, QUIZZES + id, null));
		assertThat(shown.at("/rules/1/tags/0").asString()).isEqualTo("家风");
		assertThat(shown.at("/rules/2/questionIds/0").asString()).isEqualTo(questions.get(8).toString());
	}

	@Test
	void aFixedRuleCountsItsQuestions() {
		Map<String, Object> draft = this.fixtures.draft(this.bank, 3);
		draft.put("rules", List.of(Map.of("bankId", this.bank, "count", 2, "questionIds", questions().subList(0, 1))));
		call(this.sessions.staff("QUIZ_AUTHOR"), HttpMethod.POST, "/api/admin/v1/quizzes", draft).expectStatus()
			.isEqualTo(422);
	}

	@Test
	void openPapersFollowTheEndOfTheirRound() {
		UUID id = this.fixtures.published(this.fixtures.draft(this.bank, 3));
		Instant begin = this.clock.instant();
		Consumer<HttpHeaders> member = this.fixtures.member();
		JsonNode paper = read(call(member, HttpMethod.POST, "/api/v1/quizzes/" + id + "/attempts", null));
		problem(end(id, begin.plusSeconds(30)), "quiz-ending");
		end(id, begin.plusSeconds(600)).expectStatus().isOk();
		assertThat(deadline(member, paper)).isCloseTo(begin.plusSeconds(600), within(1, ChronoUnit.SECONDS));
		Consumer<HttpHeaders> late = this.fixtures.member();
		JsonNode latePaper = read(call(late, HttpMethod.POST, "/api/v1/quizzes/" + id + "/attempts", null));
		end(id, begin.plus(Duration.ofDays(2))).expectStatus().isOk();
		this.clock.advance(Duration.ofMinutes(12));
		JsonNode question = latePaper.at("/questions/0");
		call(late, HttpMethod.PUT, "/api/v1/attempts/" + id(latePaper) + "/answers/" + id(question),
				Map.of("optionIds", List.of(question.at("/options/0/id").asString())))
			.expectStatus()
			.isNoContent();
		assertThat(deadline(late, latePaper)).isAfter(begin.plus(Duration.ofMinutes(29)));
		assertThat(this.fixtures
			.count("SELECT count(*) FROM audit_entry WHERE action = 'quiz.end' AND subject = :id::text", id))
			.isEqualTo(2);
	}

	@Test
	void aRoundIsTakenBackBeforeItOpensAndSealedAnew() {
		Map<String, Object> draft = this.fixtures.draft(this.bank, 3);
		draft.put("opensAt", QuizFixtures.at(this.clock.instant().plus(Duration.ofHours(2))));
		UUID id = this.fixtures.published(draft);
		String first = read(call(this.publisher, HttpMethod.GET, QUIZZES + id, null)).at("/commitment").asString();
		Consumer<HttpHeaders> member = this.fixtures.member();
		call(member, HttpMethod.GET, "/api/v1/quizzes/" + id, null).expectStatus().isOk();
		assertThat(read(withdraw(id)).at("/state").asString()).isEqualTo("DRAFT");
		call(member, HttpMethod.GET, "/api/v1/quizzes/" + id, null).expectStatus().isNotFound();
		JsonNode again = read(publish(this.publisher, id, null));
		assertThat(again.at("/commitment").asString()).hasSize(64).isNotEqualTo(first);
	}

	@Test
	void aRoundThatHasBegunIsNotTakenBack() {
		UUID id = this.fixtures.published(this.fixtures.draft(this.bank, 3));
		problem(withdraw(id), "quiz-started");
	}

	private Instant deadline(Consumer<HttpHeaders> member, JsonNode paper) {
		return OffsetDateTime
			.parse(read(call(member, HttpMethod.GET, "/api/v1/attempts/" + id(paper), null)).at("/deadline").asString())
			.toInstant();
	}

	private WebTestClient.ResponseSpec end(UUID id, Instant closesAt) {
		return call(this.publisher, HttpMethod.PUT, QUIZZES + id + "/end",
				Map.of("closesAt", QuizFixtures.at(closesAt), "reason", "延长时间"));
	}

	private WebTestClient.ResponseSpec withdraw(UUID id) {
		return call(this.publisher, HttpMethod.POST, QUIZZES + id + "/withdrawal", Map.of("reason", "题目要改"));
	}

	private WebTestClient.ResponseSpec publish(Consumer<HttpHeaders> staff, UUID id, String hash) {
		return call(staff, HttpMethod.POST, QUIZZES + id + "/publication",
				(hash != null) ? Map.of("contentHash", hash) : null);
	}

	private List<UUID> questions() {
		return this.database.sql("SELECT id FROM questions WHERE bank_id = :bank ORDER BY key")
			.bind("bank", this.bank)
			.mapValue(UUID.class)
			.all()
			.collectList()
			.block(QuizFixtures.PATIENCE);
	}

	private WebTestClient.ResponseSpec call(Consumer<HttpHeaders> who, HttpMethod method, String uri, Object body) {
		WebTestClient.RequestBodySpec request = this.client.method(method).uri(uri).headers(who);
		return ((body != null) ? request.bodyValue(body) : request).exchange();
	}

	private JsonNode read(WebTestClient.ResponseSpec answer) {
		return this.json
			.readTree(answer.expectStatus().is2xxSuccessful().expectBody().returnResult().getResponseBodyContent());
	}

	private static UUID id(JsonNode node) {
		return UUID.fromString(node.at("/id").asString());
	}

	private static void problem(WebTestClient.ResponseSpec answer, String name) {
		answer.expectStatus().isEqualTo(409).expectBody().jsonPath("$.type").isEqualTo("urn:qingfeng:problem:" + name);
	}

}
