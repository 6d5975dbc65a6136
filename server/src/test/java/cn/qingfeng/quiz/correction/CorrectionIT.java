package cn.qingfeng.quiz.correction;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestMembers.TestMember;
import cn.qingfeng.TestServers;
import cn.qingfeng.TestSessions;
import cn.qingfeng.quiz.QuizFixtures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class CorrectionIT {

	private static final int MANY = 450;

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TestMembers members;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private TestClock clock;

	@Autowired
	private JsonMapper json;

	@Value("${spring.flyway.url}")
	private String jdbcUrl;

	private QuizFixtures fixtures;

	private Consumer<HttpHeaders> author;

	private Consumer<HttpHeaders> publisher;

	private UUID round;

	@BeforeEach
	void aRoundOfOneQuestionWhoseSecondOptionIsRight() {
		this.fixtures = new QuizFixtures(this.client, this.sessions, this.database, this.clock);
		this.author = this.sessions.staff("QUIZ_AUTHOR");
		this.publisher = this.sessions.staff("PUBLISHER");
		this.round = this.fixtures.published(this.fixtures.draft(this.fixtures.bank(1, "corrected"), 1));
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void aCorrectedKeyScoresAllAgainAndTellsOnlyThoseAffected() {
		Paper wasRight = answered("王小明", "B");
		Paper isRight = answered("李雷", "A");
		Paper neither = answered("韩梅梅", "C");
		JsonNode correction = approved(proposed(Map.of("options", List.of("A"), "explanation", "新的解析")));
		await("SELECT count(*) = 2 FROM quiz_regradings WHERE correction_id = :id", id(correction));

		assertThat(result(wasRight).at("/score").asInt()).isZero();
		assertThat(result(wasRight).at("/passed").asBoolean()).isFalse();
		assertThat(result(wasRight).at("/corrections/0/scoreBefore").asInt()).isEqualTo(100);
		assertThat(result(wasRight).at("/corrections/0/reason").asString()).isEqualTo("文件已经修订");
		assertThat(result(isRight).at("/score").asInt()).isEqualTo(100);
		assertThat(result(isRight).at("/passed").asBoolean()).isTrue();
		assertThat(result(neither).at("/corrections").size()).isZero();

		assertThat(inbox(wasRight).at("/items/0/title").asString()).contains("更正");
		assertThat(inbox(isRight).at("/items").size()).isEqualTo(1);
		assertThat(inbox(neither).at("/items").size()).isZero();

		JsonNode shown = json(this.author, "/api/admin/v1/quizzes/" + this.round + "/corrections").at("/items/0");
		assertThat(shown.at("/previousOptions/0").asString()).isEqualTo("B");
		assertThat(shown.at("/changed").asInt()).isEqualTo(2);
		assertThat(shown.at("/newlyPassed").asInt()).isEqualTo(1);
		assertThat(shown.at("/noLongerPassed").asInt()).isEqualTo(1);
		JsonNode regradings = json(this.author, corrections(correction) + "/regradings");
		assertThat(regradings.at("/items").size()).isEqualTo(2);
		assertThat(regradings.at("/items").valueStream().map((one) -> one.at("/member").asString()))
			.containsExactlyInAnyOrder("王**", "李*");
	}

	@Test
	void mistakesStatisticsAndTheReviewFollowTheNewKey() {
		Paper wasRight = answered("甲", "B");
		Paper isRight = answered("乙", "A");
		for (int more = 0; more < 4; more++) {
			answered("丙", "A");
			answered("丁", "B");
		}
		JsonNode correction = approved(proposed(Map.of("options", List.of("A"))));
		await("SELECT count(*) = 10 FROM quiz_regradings WHERE correction_id = :id", id(correction));
		this.clock.advance(Duration.ofSeconds(6));
		assertThat(json(wasRight.session(), "/api/v1/me/mistakes").at("/items").size()).isEqualTo(1);
		assertThat(json(isRight.session(), "/api/v1/me/mistakes").at("/items").size()).isZero();
		this.clock.advance(Duration.ofDays(2));
		JsonNode statistics = json(this.author, "/api/admin/v1/quizzes/" + this.round + "/statistics");
		assertThat(statistics.at("/passed").asInt()).isEqualTo(5);
		assertThat(statistics.at("/questions/0/right").asInt()).isEqualTo(5);
		await("SELECT state = 'DONE' FROM quiz_corrections WHERE id = :id", id(correction));
	}

	@Test
	void aQuestionGivenToAllIsRightForThoseWhoLeftItOutToo() {
		Paper blank = answered("甲", null);
		Paper wrong = answered("乙", "D");
		JsonNode correction = approved(proposed(Map.of("everyoneRight", true)));
		await("SELECT count(*) = 2 FROM quiz_regradings WHERE correction_id = :id", id(correction));
		assertThat(result(blank).at("/score").asInt()).isEqualTo(100);
		assertThat(result(wrong).at("/score").asInt()).isEqualTo(100);
		assertThat(json(wrong.session(), "/api/v1/me/mistakes").at("/items").size()).isZero();
	}

	@Test
	void whoHandsInAfterTheCorrectionIsScoredByIt() {
		approved(proposed(Map.of("options", List.of("C"))));
		this.clock.advance(Duration.ofSeconds(1));
		Paper paper = answered("甲", "C");
		await("SELECT score = 100 FROM quiz_attempts WHERE id = :id", paper.attempt());
		assertThat(result(paper).at("/score").asInt()).isEqualTo(100);
	}

	@Test
	void nobodyDecidesAboutACorrectionOfTheirOwnNorTwice() {
		this.author = this.sessions.staff(UUID.randomUUID(), "QUIZ_AUTHOR", "PUBLISHER");
		JsonNode correction = proposed(Map.of("options", List.of("A")));
		problem(decide(this.author, correction, "approve"), 409, "own-correction");
		decide(this.publisher, correction, "reject").expectStatus().isOk();
		problem(decide(this.publisher, correction, "approve"), 409, "correction-decided");
		assertThat(this.fixtures.count("SELECT key_version::bigint FROM quiz_rounds WHERE id = :id", this.round))
			.isZero();
	}

	@Test
	void everyStepIsInTheAudit() {
		JsonNode correction = approved(proposed(Map.of("options", List.of("A"))));
		assertThat(this.database.sql("SELECT action FROM audit_entry WHERE subject = :id ORDER BY id")
			.bind("id", id(correction).toString())
			.mapValue(String.class)
			.all()
			.collectList()
			.block(QuizFixtures.PATIENCE)).containsExactly("quiz.correction.propose", "quiz.correction.approve");
	}

	@Test
	void whatMakesNoSenseIsRefused() {
		problem(propose(Map.of()), 422, "invalid-request");
		problem(propose(Map.of("options", List.of("B"))), 422, "invalid-request");
		problem(propose(Map.of("options", List.of("E"))), 422, "invalid-request");
		problem(propose(Map.of("options", List.of("A", "C"))), 422, "invalid-request");
		problem(propose(Map.of("options", List.of("A"), "everyoneRight", true)), 422, "invalid-request");
		problem(propose(Map.of("questionId", UUID.randomUUID(), "options", List.of("A"))), 404, "not-found");
	}

	@Test
	void manyAreScoredInBatchesEachOnceWhoeverLooks() {
		manyWhoChoseTheFirst();
		JsonNode correction = approved(proposed(Map.of("options", List.of("A"))));
		await("SELECT count(*) = " + MANY + " FROM quiz_regradings WHERE correction_id = :id", id(correction));
		assertThat(this.fixtures.count("SELECT count(*) FROM inbox_message WHERE campaign_id = :id", id(correction)))
			.isEqualTo(MANY);
		this.fixtures.run("""
				UPDATE quiz_attempts SET key_version = 0, score = 0, correct = 0, passed = false
				WHERE id = (SELECT id FROM quiz_attempts WHERE round_id = :round LIMIT 1)
				""", Map.of("round", this.round));
		await("SELECT bool_and(score = 100 AND key_version = 1) FROM quiz_attempts WHERE round_id = :id", this.round);
		assertThat(this.fixtures.count("SELECT count(*) FROM inbox_message WHERE campaign_id = :id", id(correction)))
			.isEqualTo(MANY);
		assertThat(
				this.fixtures.count("SELECT count(*) FROM quiz_regradings WHERE correction_id = :id", id(correction)))
			.isEqualTo(MANY);
	}

	@Test
	void aBatchThatFailsLeavesNothingHalfDoneAndIsTakenAgain() throws SQLException {
		Paper paper = answered("甲", "A");
		JsonNode correction = proposed(Map.of("options", List.of("A")));
		asOwner("""
				CREATE SEQUENCE broken_tries;
				CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
				BEGIN
					PERFORM nextval('broken_tries');
					RAISE EXCEPTION 'the inbox is broken';
				END $$;
				CREATE TRIGGER broken BEFORE INSERT ON inbox_message FOR EACH ROW EXECUTE FUNCTION broken();
				GRANT SELECT ON broken_tries TO qingfeng_app;
				""");
		try {
			approved(correction);
			await("SELECT last_value > 1 AND :id IS NOT NULL FROM broken_tries", id(correction));
			assertThat(this.fixtures.count("SELECT count(*) FROM quiz_regradings WHERE correction_id = :id",
					id(correction)))
				.isZero();
			assertThat(result(paper).at("/score").asInt()).isZero();
		}
		finally {
			asOwner("DROP FUNCTION broken() CASCADE; DROP SEQUENCE broken_tries");
		}
		await("SELECT count(*) = 1 FROM quiz_regradings WHERE correction_id = :id", id(correction));
		assertThat(result(paper).at("/score").asInt()).isEqualTo(100);
		assertThat(inbox(paper).at("/items").size()).isEqualTo(1);
	}

	@Test
	void aSecondCorrectionOverridesTheFirst() {
		Paper paper = answered("甲", "C");
		JsonNode first = approved(proposed(Map.of("options", List.of("A"))));
		JsonNode second = approved(proposed(Map.of("options", List.of("C"))));
		await("SELECT count(*) = 1 FROM quiz_regradings WHERE correction_id = :id", id(second));
		assertThat(result(paper).at("/score").asInt()).isEqualTo(100);
		this.clock.advance(Duration.ofMinutes(2));
		await("SELECT state = 'DONE' FROM quiz_corrections WHERE id = :id", id(first));
		await("SELECT state = 'DONE' FROM quiz_corrections WHERE id = :id", id(second));
	}

	@Test
	void theReasonStaysBackWhileAnAttemptIsLeft() {
		Map<String, Object> draft = this.fixtures.draft(this.fixtures.bank(1, "reason"), 1);
		draft.put("attempts", 2);
		this.round = this.fixtures.published(draft);
		Paper paper = answered("甲", "B");
		JsonNode correction = approved(proposed(Map.of("options", List.of("A"))));
		await("SELECT count(*) = 1 FROM quiz_regradings WHERE correction_id = :id", id(correction));
		assertThat(result(paper).at("/corrections/0/scoreAfter").asInt()).isZero();
		assertThat(result(paper).at("/corrections/0/reason").isNull()).isTrue();
	}

	private void asOwner(String sql) throws SQLException {
		try (Connection owner = DriverManager.getConnection(this.jdbcUrl, "qingfeng",
				TestServers.postgres().password()); Statement statement = owner.createStatement()) {
			statement.execute(sql);
		}
	}

	private void manyWhoChoseTheFirst() {
		this.fixtures.run("""
				WITH attempt AS (
				  INSERT INTO quiz_attempts (id, round_id, member_id, number, started_at, deadline, submitted_at,
				                             closed_by, correct, score, passed)
				  SELECT gen_random_uuid(), :round, gen_random_uuid(), 1, now(), now(), now(), 'MEMBER', 0, 0, false
				  FROM generate_series(1, :many)
				  RETURNING id
				)
				INSERT INTO quiz_answers (attempt_id, question_id, options, version, saved_at)
				SELECT a.id, q.question_id, 1, 1, now()
				FROM attempt a JOIN quiz_round_questions q ON q.round_id = :round
				""", Map.of("round", this.round, "many", MANY));
	}

	private JsonNode proposed(Map<String, Object> change) {
		return read(propose(change).expectStatus().isCreated());
	}

	private WebTestClient.ResponseSpec propose(Map<String, Object> change) {
		Map<String, Object> body = new HashMap<>(Map.of("questionId", question(), "reason", "文件已经修订"));
		body.putAll(change);
		return call(this.author, HttpMethod.POST, "/api/admin/v1/quizzes/" + this.round + "/corrections", body);
	}

	private JsonNode approved(JsonNode correction) {
		return read(decide(this.publisher, correction, "approve").expectStatus().isOk());
	}

	private WebTestClient.ResponseSpec decide(Consumer<HttpHeaders> staff, JsonNode correction, String verdict) {
		return call(staff, HttpMethod.POST, corrections(correction) + "/decision", Map.of("verdict", verdict));
	}

	private String corrections(JsonNode correction) {
		return "/api/admin/v1/quizzes/" + this.round + "/corrections/" + id(correction);
	}

	private UUID question() {
		return this.database.sql("SELECT question_id FROM quiz_round_questions WHERE round_id = :id")
			.bind("id", this.round)
			.mapValue(UUID.class)
			.one()
			.block(QuizFixtures.PATIENCE);
	}

	/** A member who chose the option with that text, or none, and handed in. */
	private Paper answered(String name, String option) {
		TestMember member = this.members.add(name);
		Consumer<HttpHeaders> session = this.sessions.member(UUID.randomUUID(), member.id());
		JsonNode attempt = read(
				call(session, HttpMethod.POST, "/api/v1/quizzes/" + this.round + "/attempts", null).expectStatus()
					.isCreated());
		JsonNode question = attempt.at("/questions/0");
		List<String> chosen = new ArrayList<>();
		question.at("/options")
			.valueStream()
			.filter((one) -> one.at("/text").asString().equals(option))
			.forEach((one) -> chosen.add(one.at("/id").asString()));
		if (!chosen.isEmpty()) {
			call(session, HttpMethod.PUT,
					"/api/v1/attempts/" + id(attempt) + "/answers/" + question.at("/id").asString(),
					Map.of("optionIds", chosen))
				.expectStatus()
				.isNoContent();
		}
		call(session, HttpMethod.POST, "/api/v1/attempts/" + id(attempt) + "/submission", null).expectStatus().isOk();
		return new Paper(id(attempt), session);
	}

	private JsonNode result(Paper paper) {
		return json(paper.session(), "/api/v1/attempts/" + paper.attempt()).at("/result");
	}

	private JsonNode inbox(Paper paper) {
		return json(paper.session(), "/api/v1/me/messages");
	}

	private JsonNode json(Consumer<HttpHeaders> who, String uri) {
		return read(call(who, HttpMethod.GET, uri, null).expectStatus().isOk());
	}

	private WebTestClient.ResponseSpec call(Consumer<HttpHeaders> who, HttpMethod method, String uri, Object body) {
		WebTestClient.RequestBodySpec request = this.client.method(method).uri(uri).headers(who);
		return ((body != null) ? request.bodyValue(body) : request).exchange();
	}

	private JsonNode read(WebTestClient.ResponseSpec answer) {
		return this.json.readTree(answer.expectBody().returnResult().getResponseBodyContent());
	}

	private static UUID id(JsonNode node) {
		return UUID.fromString(node.at("/id").asString());
	}

	private static void problem(WebTestClient.ResponseSpec answer, int status, String name) {
		answer.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:" + name);
	}

	private void await(String condition, UUID id) {
		Mono.defer(() -> this.database.sql(condition).bind("id", id).mapValue(Boolean.class).one())
			.filter((holds) -> holds)
			.repeatWhenEmpty((times) -> times.delayElements(Duration.ofMillis(100)))
			.block(QuizFixtures.PATIENCE);
	}

	private record Paper(UUID attempt, Consumer<HttpHeaders> session) {

	}

}
