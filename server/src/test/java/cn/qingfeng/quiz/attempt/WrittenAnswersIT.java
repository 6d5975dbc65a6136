package cn.qingfeng.quiz.attempt;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestSessions;
import cn.qingfeng.member.MemberId;
import cn.qingfeng.quiz.QuizFixtures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class WrittenAnswersIT {

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

	@Autowired
	private AttemptRecords records;

	private QuizFixtures fixtures;

	private Consumer<HttpHeaders> member;

	private Consumer<HttpHeaders> author;

	private UUID round;

	@BeforeEach
	void setUp() {
		this.fixtures = new QuizFixtures(this.client, this.sessions, this.database, this.clock);
		this.member = this.fixtures.member();
		this.author = this.sessions.staff("QUIZ_AUTHOR");
		UUID bank = this.fixtures.bank(0, "written");
		this.fixtures.write(bank, "FILL_IN", "党于____年成立，实行____。",
				List.of(QuizFixtures.part(1, "1921KEY", "一九二一"), QuizFixtures.part(1, "民主集中制KEY")));
		this.fixtures.write(bank, "SHORT", "谈谈民主集中制。",
				List.of(QuizFixtures.part(3, "民主KEY"), QuizFixtures.part(1, "集中KEY", "统一KEY")));
		this.round = this.fixtures.published(this.fixtures.draft(bank, 2));
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void aPaperTellsHowManyBlanksThereAreAndNothingOfTheKey() {
		JsonNode attempt = start();
		assertThat(question(attempt, "FILL_IN").at("/blanks").asInt()).isEqualTo(2);
		assertThat(question(attempt, "FILL_IN").at("/options").size()).isZero();
		assertThat(question(attempt, "SHORT").at("/blanks").asInt()).isEqualTo(1);
		save(attempt, "SHORT", "不知道", 204);
		JsonNode resumed = call(this.member, HttpMethod.GET, "/api/v1/attempts/" + id(attempt), null, 200);
		assertThat(resumed.toString()).contains("不知道").doesNotContain("KEY").doesNotContain("accepted");
		assertThat(resumed.at("/answers").get(id(question(attempt, "SHORT"))).at("/text").asString()).isEqualTo("不知道");
	}

	@Test
	void aPaperIsScoredInProportionAndExplained() {
		JsonNode attempt = start();
		save(attempt, "FILL_IN", " １９２１ｋｅｙ \n民主集中制 key", 204);
		save(attempt, "SHORT", "先说统一 key，别的不说", 204);
		JsonNode result = submit(attempt);
		assertThat(result.at("/score").asInt()).isEqualTo(62);
		assertThat(result.at("/correct").asInt()).isEqualTo(1);
		JsonNode review = review(result, attempt, "SHORT");
		assertThat(review.at("/correct").asBoolean()).isFalse();
		assertThat(review.at("/percent").asInt()).isEqualTo(25);
		assertThat(review.at("/remark").isNull()).isTrue();
		assertThat(review.at("/accepted/1/1").asString()).isEqualTo("统一KEY");
		assertThat(review(result, attempt, "FILL_IN").at("/percent").asInt()).isEqualTo(100);
		assertThat(submit(attempt)).isEqualTo(result);
	}

	@Test
	void anAnswerOfAnotherKindIsRefused() {
		JsonNode attempt = start();
		save(attempt, "FILL_IN", "1\n2\n3", 422);
		save(attempt, "SHORT", "a\u0007b", 422);
		save(attempt, "SHORT", "长".repeat(2001), 422);
		String path = path(attempt, "SHORT");
		call(this.member, HttpMethod.PUT, path, Map.of("optionIds", List.of("1")), 422);
		call(this.member, HttpMethod.PUT, path, Map.of(), 422);
		UUID choices = this.fixtures.published(this.fixtures.draft(this.fixtures.bank(1, "choice"), 1));
		JsonNode choice = call(this.member, HttpMethod.POST, "/api/v1/quizzes/" + choices + "/attempts", null, 201);
		String chosen = "/api/v1/attempts/" + id(choice) + "/answers/" + choice.at("/questions/0/id").asString();
		call(this.member, HttpMethod.PUT, chosen, Map.of("text", "A"), 422);
		call(this.member, HttpMethod.PUT, chosen, Map.of(), 422);
	}

	@Test
	void aStaleTextIsRefused() {
		JsonNode attempt = start();
		String path = path(attempt, "SHORT");
		call(this.member, HttpMethod.PUT, path, Map.of("text", "新", "version", 2), 204);
		call(this.member, HttpMethod.PUT, path, Map.of("text", "新", "version", 2), 204);
		call(this.member, HttpMethod.PUT, path, Map.of("text", "旧", "version", 2), 409);
		call(this.member, HttpMethod.PUT, path, Map.of("text", "旧", "version", 1), 409);
	}

	@Test
	void aWrongTextGoesIntoTheMistakesBookAndIsPractised() {
		JsonNode attempt = start();
		save(attempt, "FILL_IN", "1922\n民主集中制key", 204);
		save(attempt, "SHORT", "民主key与集中key", 204);
		submit(attempt);
		JsonNode book = call(this.member, HttpMethod.GET, "/api/v1/me/mistakes", null, 200);
		assertThat(book.at("/items").size()).isEqualTo(1);
		assertThat(book.at("/items/0/text").asString()).isEqualTo("1922\n民主集中制key");
		assertThat(book.at("/items/0/accepted/0/0").asString()).isEqualTo("1921KEY");
		assertThat(book.at("/items/0/source").asString()).contains("党章", "第十条");
		JsonNode practice = call(this.member, HttpMethod.GET, "/api/v1/me/mistakes/practice", null, 200);
		assertThat(practice.toString()).doesNotContain("KEY");
		String path = "/api/v1/me/mistakes/" + practice.at("/questions/0/id").asString() + "/practice";
		JsonNode half = call(this.member, HttpMethod.POST, path, Map.of("text", "1921key"), 200);
		assertThat(half.at("/correct").asBoolean()).isFalse();
		assertThat(half.at("/percent").asInt()).isEqualTo(50);
		assertThat(half.at("/source").asString()).contains("党章", "第十条");
		call(this.member, HttpMethod.POST, path, Map.of("optionIds", List.of("1")), 422);
		call(this.member, HttpMethod.POST, path, Map.of("text", "1\n2\n3"), 422);
		call(this.member, HttpMethod.POST, path, Map.of(), 422);
		call(this.member, HttpMethod.POST, path, Map.of("text", "1921key\n民主集中制key"), 200);
		assertThat(call(this.member, HttpMethod.POST, path, Map.of("text", "一九二一\n民主集中制key"), 200).at("/mastered")
			.asBoolean()).isTrue();
	}

	@Test
	void anEditOfWhatIsAcceptedLeavesPapersAndScoresOfARunningRound() {
		JsonNode attempt = start();
		String question = "/api/admin/v1/questions/" + id(question(attempt, "SHORT"));
		JsonNode kept = call(this.author, HttpMethod.GET, question, null, 200);
		call(this.author.andThen((headers) -> headers.setIfMatch("\"" + kept.at("/version") + "\"")), HttpMethod.PUT,
				question, Map.of("kind", "SHORT", "stem", "谈谈民主集中制。", "parts", List.of(QuizFixtures.part(1, "别的KEY")),
						"explanation", "", "document", "党章", "clause", "第十条", "difficulty", 1),
				200);
		save(attempt, "SHORT", "民主key与集中key", 204);
		JsonNode result = submit(attempt);
		assertThat(result.at("/score").asInt()).isEqualTo(50);
		assertThat(review(result, attempt, "SHORT").at("/accepted/0/0").asString()).isEqualTo("民主KEY");
	}

	@Test
	void shortAnswersAreMarkedByPeopleOnceTheRoundIsOver() {
		JsonNode attempt = start();
		save(attempt, "FILL_IN", "1921key\n民主集中制key", 204);
		save(attempt, "SHORT", "意思都对，用词不同", 204);
		assertThat(submit(attempt).at("/score").asInt()).isEqualTo(50);
		String list = "/api/admin/v1/quizzes/" + this.round + "/short-answers";
		String marks = "/api/admin/v1/attempts/" + id(attempt) + "/short-answers/";
		String one = marks + id(question(attempt, "SHORT"));
		Map<String, Object> mark = Map.of("percent", 80, "reason", "要点齐全，用词不够准确");
		call(this.author, HttpMethod.GET, list, null, 409);
		call(this.author, HttpMethod.PUT, one, mark, 409);
		this.clock.advance(Duration.ofDays(2));
		JsonNode waiting = call(this.author, HttpMethod.GET, list + "?marked=false", null, 200);
		assertThat(waiting.at("/items/0/machinePercent").asInt()).isZero();
		assertThat(waiting.at("/items/0/text").asString()).isEqualTo("意思都对，用词不同");
		assertThat(call(this.author, HttpMethod.PUT, one, mark, 200).at("/mark/percent").asInt()).isEqualTo(80);
		JsonNode closed = call(this.member, HttpMethod.GET, "/api/v1/attempts/" + id(attempt), null, 200);
		assertThat(closed.at("/result/score").asInt()).isEqualTo(90);
		assertThat(inbox().at("/items/0/title").asString()).isEqualTo("您的答题成绩有变化");
		JsonNode review = review(closed.at("/result"), attempt, "SHORT");
		assertThat(review.at("/percent").asInt()).isEqualTo(80);
		assertThat(review.at("/remark").asString()).isEqualTo("要点齐全，用词不够准确");
		call(this.author, HttpMethod.PUT, one, Map.of("percent", 100, "reason", "再看一遍，全对"), 200);
		assertThat(submit(attempt).at("/score").asInt()).isEqualTo(100);
		call(this.author, HttpMethod.PUT, one, Map.of("percent", 100, "reason", "再看一遍，全对"), 200);
		assertThat(inbox().at("/items").size()).as("only of what changed").isEqualTo(2);
		assertThat(call(this.author, HttpMethod.GET, list + "?marked=false", null, 200).at("/items").size()).isZero();
		assertThat(call(this.author, HttpMethod.GET, list + "?marked=true&limit=1", null, 200).at("/items").size())
			.isEqualTo(1);
		call(this.author, HttpMethod.PUT, marks + id(question(attempt, "FILL_IN")), mark, 404);
		call(this.author, HttpMethod.PUT, one.replace(id(attempt), UUID.randomUUID().toString()), mark, 404);
		call(this.author, HttpMethod.PUT, one, Map.of("percent", 101, "reason", "x"), 422);
		assertThat(this.fixtures.count("""
				SELECT count(*) FROM audit_entry
				WHERE action = 'quiz.mark' AND subject = :id::text AND detail LIKE '%score % before and % after%'
				""", UUID.fromString(id(attempt)))).isEqualTo(3);
	}

	@Test
	void aMarkTakesNothingThatACorrectionGaveToAll() {
		JsonNode attempt = start();
		save(attempt, "FILL_IN", "1900\n别的", 204);
		save(attempt, "SHORT", "不知道", 204);
		submit(attempt);
		Consumer<HttpHeaders> publisher = this.sessions.staff("PUBLISHER");
		String corrections = "/api/admin/v1/quizzes/" + this.round + "/corrections";
		String blanks = id(question(attempt, "FILL_IN"));
		JsonNode correction = call(this.author, HttpMethod.POST, corrections,
				Map.of("questionId", blanks, "everyoneRight", true, "reason", "题干表述有歧义"), 201);
		call(publisher, HttpMethod.POST, corrections + "/" + id(correction) + "/decision", Map.of("verdict", "approve"),
				200);
		this.clock.advance(Duration.ofDays(2));
		call(this.author, HttpMethod.PUT,
				"/api/admin/v1/attempts/" + id(attempt) + "/short-answers/" + id(question(attempt, "SHORT")),
				Map.of("percent", 60, "reason", "有一个要点"), 200);
		Mono.defer(() -> this.database.sql("SELECT bool_and(key_version = 1) FROM quiz_attempts WHERE round_id = :id")
			.bind("id", this.round)
			.mapValue(Boolean.class)
			.one())
			.filter((regraded) -> regraded)
			.repeatWhenEmpty((times) -> times.delayElements(Duration.ofMillis(100)))
			.block(QuizFixtures.PATIENCE);
		JsonNode closed = call(this.member, HttpMethod.GET, "/api/v1/attempts/" + id(attempt), null, 200);
		assertThat(closed.at("/result/score").asInt()).isEqualTo(80);
	}

	@Test
	void theKeyIsLookedThroughBeforehandAndProvedAfterwards() {
		JsonNode shown = call(this.sessions.staff("PUBLISHER"), HttpMethod.GET,
				"/api/admin/v1/quizzes/" + this.round + "/questions", null, 200);
		assertThat(shown.toString()).contains("FILL_IN", "SHORT", "1921KEY", "统一KEY");
		JsonNode attempt = start();
		save(attempt, "SHORT", "先说统一 key，别的不说", 204);
		submit(attempt);
		this.clock.advance(Duration.ofDays(2));
		JsonNode proof = call(this.member, HttpMethod.GET, "/api/v1/attempts/" + id(attempt) + "/proof", null, 200);
		assertThat(proof.toString()).contains("先说统一 key，别的不说", "\"weight\":3", "1921KEY");
	}

	@Test
	void whatAMemberWroteIsCopiedAndErasedAndTheScoreStays() {
		UUID id = UUID.randomUUID();
		this.member = this.sessions.member(UUID.randomUUID(), id);
		JsonNode attempt = start();
		save(attempt, "FILL_IN", "1921key\n民主集中制key", 204);
		save(attempt, "SHORT", "我叫胡秋林，赞成集中 key", 204);
		assertThat(submit(attempt).at("/score").asInt()).isEqualTo(62);
		assertThat(this.records.copy(new MemberId(id)).block(QuizFixtures.PATIENCE).toString()).contains("我叫胡秋林");
		this.records.erase(new MemberId(id)).block(QuizFixtures.PATIENCE);
		assertThat(this.records.copy(new MemberId(id)).block(QuizFixtures.PATIENCE).toString()).doesNotContain("胡秋林");
		JsonNode result = submit(attempt);
		assertThat(result.at("/score").asInt()).isEqualTo(62);
		assertThat(review(result, attempt, "SHORT").at("/percent").asInt()).isEqualTo(25);
	}

	private JsonNode inbox() {
		return call(this.member, HttpMethod.GET, "/api/v1/me/messages", null, 200);
	}

	private JsonNode start() {
		return call(this.member, HttpMethod.POST, "/api/v1/quizzes/" + this.round + "/attempts", null, 201);
	}

	private JsonNode submit(JsonNode attempt) {
		return call(this.member, HttpMethod.POST, "/api/v1/attempts/" + id(attempt) + "/submission", null, 200);
	}

	private void save(JsonNode attempt, String kind, String text, int status) {
		call(this.member, HttpMethod.PUT, path(attempt, kind), Map.of("text", text), status);
	}

	private static String path(JsonNode attempt, String kind) {
		return "/api/v1/attempts/" + id(attempt) + "/answers/" + id(question(attempt, kind));
	}

	private static JsonNode question(JsonNode attempt, String kind) {
		for (JsonNode question : attempt.at("/questions")) {
			if (question.at("/kind").asString().equals(kind)) {
				return question;
			}
		}
		throw new AssertionError("no " + kind);
	}

	private static JsonNode review(JsonNode result, JsonNode attempt, String kind) {
		for (JsonNode review : result.at("/review/questions")) {
			if (review.at("/questionId").asString().equals(id(question(attempt, kind)))) {
				return review;
			}
		}
		throw new AssertionError("no review of " + kind);
	}

	private JsonNode call(Consumer<HttpHeaders> headers, HttpMethod method, String uri, Object body, int status) {
		WebTestClient.RequestBodySpec request = this.client.method(method).uri(uri).headers(headers);
		byte[] answer = ((body != null) ? request.bodyValue(body) : request).exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.returnResult()
			.getResponseBodyContent();
		return this.json.readTree((answer != null && answer.length > 0) ? answer : new byte[] { '{', '}' });
	}

	private static String id(JsonNode node) {
		return node.at("/id").asString();
	}

}
