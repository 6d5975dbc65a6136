package cn.qingfeng.quiz.attempt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestSessions;
import cn.qingfeng.member.MemberId;
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

@QingfengIT
class MistakesIT {

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

	@BeforeEach
	void setUp() {
		this.fixtures = new QuizFixtures(this.client, this.sessions, this.database, this.clock);
		this.member = this.fixtures.member();
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void wrongAnswersStandInTheBookWithWhatTheyRestOn() {
		UUID bank = this.fixtures.bank(3, "book");
		finish(this.fixtures.published(this.fixtures.draft(bank, 3)), false);
		JsonNode mistakes = ok(HttpMethod.GET, "/api/v1/me/mistakes", null);
		assertThat(mistakes.at("/items").size()).isEqualTo(3);
		JsonNode first = mistakes.at("/items/0");
		assertThat(first.at("/explanation").asString()).contains("KEYbook");
		assertThat(first.at("/source").asString()).contains("document KEYbook").contains("clause");
		assertThat(first.at("/quiz/title").asString()).isEqualTo("测试");
		assertThat(first.at("/key")).isNotEqualTo(first.at("/chosen"));
		assertThat(first.at("/mastered").asBoolean()).isFalse();
	}

	@Test
	void theBookIsReadPageByPage() {
		finish(this.fixtures.published(this.fixtures.draft(this.fixtures.bank(5, "pages"), 5)), false);
		List<String> seen = new ArrayList<>();
		String cursor = "";
		do {
			JsonNode page = ok(HttpMethod.GET, "/api/v1/me/mistakes?limit=2" + cursor, null);
			page.at("/items").forEach((item) -> seen.add(item.at("/question/id").asString()));
			cursor = page.at("/nextCursor").isNull() ? "" : "&cursor=" + page.at("/nextCursor").asString();
		}
		while (!cursor.isEmpty());
		assertThat(seen).hasSize(5).doesNotHaveDuplicates();
	}

	@Test
	void aRightAnswerInALaterQuizTakesAQuestionOutOfTheBook() {
		UUID bank = this.fixtures.bank(3, "later");
		finish(this.fixtures.published(this.fixtures.draft(bank, 3)), false);
		this.clock.advance(Duration.ofMinutes(1));
		finish(this.fixtures.published(this.fixtures.draft(bank, 3)), true);
		assertThat(ok(HttpMethod.GET, "/api/v1/me/mistakes", null).at("/items").size()).isZero();
	}

	@Test
	void whileAPaperIsOpenNothingThatCouldStandOnItIsShown() {
		UUID bank = this.fixtures.bank(3, "held");
		UUID first = this.fixtures.published(this.fixtures.draft(bank, 3));
		UUID second = this.fixtures.published(this.fixtures.draft(bank, 1));
		finish(first, false);
		String question = ok(HttpMethod.GET, "/api/v1/me/mistakes", null).at("/items/0/question/id").asString();
		JsonNode open = start(second);
		assertThat(ok(HttpMethod.GET, "/api/v1/me/mistakes", null).at("/items").size()).isZero();
		assertThat(ok(HttpMethod.GET, "/api/v1/me/mistakes/practice", null).at("/remaining").asInt()).isZero();
		call(HttpMethod.POST, "/api/v1/me/mistakes/" + question + "/practice", Map.of("optionIds", List.of("1")))
			.expectStatus()
			.isNotFound();
		submit(open);
		assertThat(ok(HttpMethod.GET, "/api/v1/me/mistakes", null).at("/items").size()).isEqualTo(3);
	}

	@Test
	void whatThePolicyKeepsIsNotInTheBookUntilTheRoundIsOver() {
		Map<String, Object> draft = this.fixtures.draft(this.fixtures.bank(2, "kept"), 2);
		draft.put("reviewPolicy", "AFTER_CLOSING");
		finish(this.fixtures.published(draft), false);
		assertThat(ok(HttpMethod.GET, "/api/v1/me/mistakes", null).at("/items").size()).isZero();
		this.clock.advance(Duration.ofDays(1).plusSeconds(30));
		assertThat(ok(HttpMethod.GET, "/api/v1/me/mistakes", null).at("/items").size()).isEqualTo(2);
	}

	@Test
	void whileAnAttemptIsLeftNothingIsShown() {
		Map<String, Object> draft = this.fixtures.draft(this.fixtures.bank(2, "left"), 2);
		draft.put("attempts", 2);
		UUID round = this.fixtures.published(draft);
		finish(round, false);
		assertThat(ok(HttpMethod.GET, "/api/v1/me/mistakes", null).at("/items").size()).isZero();
		finish(round, false);
		assertThat(ok(HttpMethod.GET, "/api/v1/me/mistakes", null).at("/items").size()).isEqualTo(2);
	}

	@Test
	void nobodySeesTheMistakesOfOthers() {
		finish(this.fixtures.published(this.fixtures.draft(this.fixtures.bank(2, "others"), 2)), false);
		String question = ok(HttpMethod.GET, "/api/v1/me/mistakes", null).at("/items/0/question/id").asString();
		this.member = this.fixtures.member();
		assertThat(ok(HttpMethod.GET, "/api/v1/me/mistakes", null).at("/items").size()).isZero();
		call(HttpMethod.POST, "/api/v1/me/mistakes/" + question + "/practice", Map.of("optionIds", List.of("1")))
			.expectStatus()
			.isNotFound();
	}

	@Test
	void twoRightAnswersInARowMasterAMistake() {
		finish(this.fixtures.published(this.fixtures.draft(this.fixtures.bank(2, "mastery"), 2)), false);
		JsonNode drawn = ok(HttpMethod.GET, "/api/v1/me/mistakes/practice", null);
		assertThat(drawn.at("/remaining").asInt()).isEqualTo(2);
		assertThat(drawn.toString()).doesNotContain("KEYmastery");
		String question = drawn.at("/questions/0/id").asString();
		List<String> key = strings(mistake(question).at("/key"));
		assertThat(practise(question, wrong(key)).at("/correct").asBoolean()).isFalse();
		assertThat(practise(question, key).at("/mastered").asBoolean()).isFalse();
		assertThat(practise(question, wrong(key)).at("/explanation").asString()).contains("KEYmastery");
		assertThat(practise(question, key).at("/mastered").asBoolean()).isFalse();
		JsonNode mastered = practise(question, key);
		assertThat(mastered.at("/correct").asBoolean()).isTrue();
		assertThat(mastered.at("/mastered").asBoolean()).isTrue();
		assertThat(mistake(question).at("/mastered").asBoolean()).isTrue();
		JsonNode left = ok(HttpMethod.GET, "/api/v1/me/mistakes/practice", null);
		assertThat(left.at("/remaining").asInt()).isEqualTo(1);
		assertThat(left.at("/questions/0/id").asString()).isNotEqualTo(question);
	}

	@Test
	void aNewMistakeUndoesTheMastery() {
		UUID bank = this.fixtures.bank(1, "again");
		finish(this.fixtures.published(this.fixtures.draft(bank, 1)), false);
		this.clock.advance(Duration.ofMinutes(1));
		String question = ok(HttpMethod.GET, "/api/v1/me/mistakes", null).at("/items/0/question/id").asString();
		List<String> key = strings(mistake(question).at("/key"));
		practise(question, key);
		practise(question, key);
		this.clock.advance(Duration.ofMinutes(1));
		finish(this.fixtures.published(this.fixtures.draft(bank, 1)), false);
		assertThat(mistake(question).at("/mastered").asBoolean()).isFalse();
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(practise(question, key).at("/mastered").asBoolean()).isFalse();
	}

	@Test
	void aRepeatedPracticeWithItsKeyCountsOnce() {
		finish(this.fixtures.published(this.fixtures.draft(this.fixtures.bank(1, "twice"), 1)), false);
		String question = ok(HttpMethod.GET, "/api/v1/me/mistakes", null).at("/items/0/question/id").asString();
		List<String> key = strings(mistake(question).at("/key"));
		Consumer<HttpHeaders> own = this.member;
		this.member = own.andThen((headers) -> headers.set("Idempotency-Key", "practice-1"));
		practise(question, key);
		assertThat(practise(question, key).at("/mastered").asBoolean()).isFalse();
		this.member = own;
		assertThat(mistake(question).at("/mastered").asBoolean()).isFalse();
	}

	@Test
	void anOptionThatIsNotThereIsRefused() {
		finish(this.fixtures.published(this.fixtures.draft(this.fixtures.bank(1, "odd"), 1)), false);
		String question = ok(HttpMethod.GET, "/api/v1/me/mistakes", null).at("/items/0/question/id").asString();
		call(HttpMethod.POST, "/api/v1/me/mistakes/" + question + "/practice", Map.of("optionIds", List.of("9")))
			.expectStatus()
			.isEqualTo(422);
	}

	@Test
	void whatWasPractisedIsInTheMembersCopyAndGoneWithThem() {
		MemberId memberId = new MemberId(UUID.randomUUID());
		this.member = this.sessions.member(UUID.randomUUID(), memberId.value());
		finish(this.fixtures.published(this.fixtures.draft(this.fixtures.bank(1, "own"), 1)), false);
		String question = ok(HttpMethod.GET, "/api/v1/me/mistakes", null).at("/items/0/question/id").asString();
		practise(question, strings(mistake(question).at("/key")));
		JsonNode copy = this.records.copy(memberId).block(QuizFixtures.PATIENCE);
		assertThat(copy.at("/practice/0/question").asString()).contains("own");
		assertThat(copy.at("/practice/0/rightInARow").asInt()).isEqualTo(1);
		assertThat(copy.toString()).doesNotContain("KEYown");
		this.records.erase(memberId).block(QuizFixtures.PATIENCE);
		assertThat(this.records.copy(memberId).block(QuizFixtures.PATIENCE).at("/practice").size()).isZero();
	}

	private JsonNode mistake(String question) {
		for (JsonNode item : ok(HttpMethod.GET, "/api/v1/me/mistakes", null).at("/items")) {
			if (item.at("/question/id").asString().equals(question)) {
				return item;
			}
		}
		throw new AssertionError("not in the book: " + question);
	}

	private JsonNode practise(String question, List<String> optionIds) {
		return ok(HttpMethod.POST, "/api/v1/me/mistakes/" + question + "/practice", Map.of("optionIds", optionIds));
	}

	private static List<String> wrong(List<String> key) {
		return key.contains("1") ? List.of("2") : List.of("1");
	}

	private static List<String> strings(JsonNode array) {
		return array.valueStream().map(JsonNode::asString).toList();
	}

	private void finish(UUID round, boolean rightly) {
		JsonNode attempt = start(round);
		Map<String, Integer> key = key(round);
		for (JsonNode question : attempt.at("/questions")) {
			int bits = key.get(question.at("/id").asString());
			List<String> texts = texts(round, question.at("/id").asString());
			List<String> chosen = new ArrayList<>();
			for (JsonNode option : question.at("/options")) {
				boolean right = (bits & 1 << texts.indexOf(option.at("/text").asString())) != 0;
				if (right == rightly && (rightly || chosen.isEmpty())) {
					chosen.add(option.at("/id").asString());
				}
			}
			call(HttpMethod.PUT,
					"/api/v1/attempts/" + attempt.at("/id").asString() + "/answers/" + question.at("/id").asString(),
					Map.of("optionIds", chosen))
				.expectStatus()
				.isNoContent();
		}
		submit(attempt);
	}

	private JsonNode start(UUID round) {
		return this.json.readTree(call(HttpMethod.POST, "/api/v1/quizzes/" + round + "/attempts", null).expectStatus()
			.isCreated()
			.expectBody()
			.returnResult()
			.getResponseBodyContent());
	}

	private void submit(JsonNode attempt) {
		ok(HttpMethod.POST, "/api/v1/attempts/" + attempt.at("/id").asString() + "/submission", null);
	}

	private Map<String, Integer> key(UUID round) {
		Map<String, Integer> key = new HashMap<>();
		this.database.sql("SELECT question_id, options FROM quiz_round_keys WHERE round_id = :round")
			.bind("round", round)
			.map((row) -> key.put(row.get("question_id", UUID.class).toString(),
					row.get("options", Integer.class)) == null)
			.all()
			.blockLast(QuizFixtures.PATIENCE);
		return key;
	}

	private List<String> texts(UUID round, String question) {
		JsonNode texts = this.json.readTree(this.database.sql(
				"SELECT options::text AS o FROM quiz_round_questions WHERE round_id = :round AND question_id = :question")
			.bind("round", round)
			.bind("question", UUID.fromString(question))
			.map((row) -> row.get("o", String.class))
			.one()
			.block(QuizFixtures.PATIENCE));
		return IntStream.range(0, texts.size()).mapToObj((n) -> texts.get(n).asString()).toList();
	}

	private WebTestClient.ResponseSpec call(HttpMethod method, String uri, Object body) {
		WebTestClient.RequestBodySpec request = this.client.method(method).uri(uri).headers(this.member);
		return ((body != null) ? request.bodyValue(body) : request).exchange();
	}

	private JsonNode ok(HttpMethod method, String uri, Object body) {
		return this.json.readTree(
				call(method, uri, body).expectStatus().isOk().expectBody().returnResult().getResponseBodyContent());
	}

}
