package cn.qingfeng.quiz.correction;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestSessions;
import cn.qingfeng.quiz.QuizFixtures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A blank that asks for a year, another that asks for a word, and a short answer with two
 * keywords.
 */
@QingfengIT
class WrittenCorrectionsIT {

	private static final Path CHECKER = Path.of("../deploy/quiz-check/QuizCheck.java");

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

	@TempDir
	private Path folder;

	private QuizFixtures fixtures;

	private Consumer<HttpHeaders> author;

	private Consumer<HttpHeaders> publisher;

	private UUID round;

	@BeforeEach
	void aRoundWithWrittenAnswers() {
		this.fixtures = new QuizFixtures(this.client, this.sessions, this.database, this.clock);
		this.author = this.sessions.staff("QUIZ_AUTHOR");
		this.publisher = this.sessions.staff("PUBLISHER");
		UUID bank = this.fixtures.bank(0, "written-corrections");
		this.fixtures.write(bank, "FILL_IN", "党于____年成立，实行____。",
				List.of(QuizFixtures.part(1, "1921"), QuizFixtures.part(1, "民主集中制")));
		this.fixtures.write(bank, "SHORT", "谈谈民主集中制。", List.of(QuizFixtures.part(3, "民主"), QuizFixtures.part(1, "集中")));
		this.round = this.fixtures.published(this.fixtures.draft(bank, 2));
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void anotherWayOfWritingIsAcceptedAndAllAreGradedAgain() {
		Paper other = paper("一九二一年\n民主集中制", "民主集中");
		Paper right = paper("1921\n民主集中制", "民主集中");
		assertThat(score(other)).isEqualTo(75);
		JsonNode correction = approved(proposed("FILL_IN",
				List.of(QuizFixtures.part(1, "1921", "一九二一年"), QuizFixtures.part(1, "民主集中制")), "一九二一年也对"));
		await("SELECT count(*) = 1 FROM quiz_regradings WHERE correction_id = :id", id(correction));
		assertThat(score(other)).isEqualTo(100);
		assertThat(result(other).at("/corrections/0/scoreBefore").asInt()).isEqualTo(75);
		assertThat(result(other).at("/corrections/0/scoreAfter").asInt()).isEqualTo(100);
		assertThat(result(right).at("/corrections").size()).isZero();
		assertThat(inbox(other).at("/items/0/title").asString()).contains("更正");
		assertThat(inbox(right).at("/items").size()).isZero();
		assertThat(mistakes(other)).isZero();
		assertThat(text(this.publisher, "/api/admin/v1/quizzes/" + this.round + "/questions")).contains("一九二一年");
		JsonNode shown = json(this.author, HttpMethod.GET, corrections(), null, 200).at("/items/0");
		assertThat(shown.at("/parts/0/accepted/1").asString()).isEqualTo("一九二一年");
		assertThat(shown.at("/previousParts/0/accepted").size()).isEqualTo(1);
		assertThat(shown.at("/previousParts/1/accepted/0").asString()).isEqualTo("民主集中制");
		assertThat(shown.at("/options").size() + shown.at("/previousOptions").size()).isZero();
	}

	@Test
	void otherWeightsChangeScoresThoughNoQuestionBecomesRightOrWrong() {
		Paper paper = paper("1921\n民主集中制", "民主");
		assertThat(score(paper)).isEqualTo(87);
		JsonNode correction = approved(
				proposed("SHORT", List.of(QuizFixtures.part(1, "民主"), QuizFixtures.part(3, "集中")), "集中更要紧"));
		await("SELECT count(*) = 1 FROM quiz_regradings WHERE correction_id = :id", id(correction));
		assertThat(score(paper)).isEqualTo(62);
		JsonNode change = json(this.author, HttpMethod.GET, corrections() + "/" + id(correction) + "/regradings", null,
				200)
			.at("/items/0");
		assertThat(change.at("/scoreBefore").asInt()).isEqualTo(87);
		assertThat(change.at("/scoreAfter").asInt()).isEqualTo(62);
		assertThat(inbox(paper).at("/items").size()).isEqualTo(1);
		assertThat(review(paper, "SHORT").at("/percent").asInt()).isEqualTo(25);
	}

	@Test
	void whatWasRightMayBecomeWrongAndGoesIntoTheMistakesBook() {
		Paper paper = paper("1921\n民主集中制", "民主集中");
		JsonNode correction = approved(
				proposed("FILL_IN", List.of(QuizFixtures.part(1, "1922"), QuizFixtures.part(1, "民主集中制")), "应为一九二二"));
		await("SELECT count(*) = 1 FROM quiz_regradings WHERE correction_id = :id", id(correction));
		assertThat(score(paper)).isEqualTo(75);
		JsonNode book = json(paper.session(), HttpMethod.GET, "/api/v1/me/mistakes", null, 200);
		assertThat(book.at("/items/0/accepted/0/0").asString()).isEqualTo("1922");
		assertThat(book.at("/items/0/text").asString()).isEqualTo("1921\n民主集中制");
	}

	@Test
	void whatAPersonGaveCountsBeforeACorrectedKey() {
		Paper marked = paper("1921\n民主集中制", "意思都对");
		Paper unmarked = paper("1921\n民主集中制", "意思都对");
		this.clock.advance(Duration.ofDays(2));
		mark(marked, 60);
		assertThat(score(marked)).isEqualTo(80);
		JsonNode correction = approved(proposed("SHORT", List.of(QuizFixtures.part(1, "意思")), "换成一个关键词"));
		await("SELECT count(*) = 1 FROM quiz_regradings WHERE correction_id = :id", id(correction));
		assertThat(score(marked)).isEqualTo(80);
		assertThat(score(unmarked)).isEqualTo(100);
		assertThat(review(marked, "SHORT").at("/percent").asInt()).isEqualTo(60);
	}

	@Test
	void aMarkOfAPaperThatACorrectionIsYetToReachCountsWithTheCorrection() {
		Paper paper = paper("一九二一年\n民主集中制", "意思都对");
		this.clock.advance(Duration.ofDays(2));
		this.fixtures.run("UPDATE quiz_rounds SET key_version = 7 WHERE id = :id", Map.of("id", this.round));
		mark(paper, 80);
		assertThat(score(paper)).isEqualTo(25);
		assertThat(inbox(paper).at("/items").size()).isZero();
		JsonNode correction = approved(proposed("FILL_IN",
				List.of(QuizFixtures.part(1, "1921", "一九二一年"), QuizFixtures.part(1, "民主集中制")), "一九二一年也对"));
		await("SELECT count(*) = 1 FROM quiz_regradings WHERE correction_id = :id", id(correction));
		assertThat(result(paper).at("/corrections/0/scoreBefore").asInt()).isEqualTo(25);
		assertThat(result(paper).at("/corrections/0/scoreAfter").asInt()).isEqualTo(90);
		assertThat(score(paper)).isEqualTo(90);
	}

	@Test
	void whatWasGivenToAllIsTakenBackByALaterKey() {
		Paper right = paper("1921\n民主集中制", "民主集中");
		Paper wrong = paper("1900\n别的", "民主集中");
		JsonNode first = approved(json(this.author, HttpMethod.POST, corrections(),
				Map.of("questionId", question("FILL_IN"), "everyoneRight", true, "reason", "题干有歧义"), 201));
		await("SELECT count(*) = 1 FROM quiz_regradings WHERE correction_id = :id", id(first));
		assertThat(score(wrong)).isEqualTo(100);
		assertThat(mistakes(wrong)).isZero();
		JsonNode second = approved(proposed("FILL_IN",
				List.of(QuizFixtures.part(1, "1921"), QuizFixtures.part(1, "民主集中制")), "查清了，原答案没有错"));
		await("SELECT count(*) = 1 FROM quiz_regradings WHERE correction_id = :id", id(second));
		assertThat(score(wrong)).isEqualTo(50);
		assertThat(score(right)).isEqualTo(100);
		assertThat(result(wrong).at("/corrections").size()).isEqualTo(2);
		assertThat(mistakes(wrong)).isEqualTo(1);
		assertThat(inbox(wrong).at("/items").size()).isEqualTo(2);
		assertThat(inbox(right).at("/items").size()).isZero();
		JsonNode shown = json(this.author, HttpMethod.GET, corrections(), null, 200);
		assertThat(shown.at("/items/0/previouslyEveryoneRight").asBoolean()).isTrue();
		assertThat(shown.at("/items/0/everyoneRight").asBoolean()).isFalse();
		assertThat(shown.at("/items/1/previouslyEveryoneRight").asBoolean()).isFalse();
	}

	@Test
	void eachMistakeOfAProposalIsNamed() {
		assertThat(refused("FILL_IN", Map.of("options", List.of("A")))).contains("没有选项");
		assertThat(refused("FILL_IN", Map.of())).contains("二者选一");
		assertThat(refused("FILL_IN", Map.of("everyoneRight", true, "parts",
				List.of(QuizFixtures.part(1, "1921"), QuizFixtures.part(1, "一")))))
			.contains("二者选一");
		assertThat(refused("FILL_IN", Map.of("parts", List.of(QuizFixtures.part(1, "1921"))))).contains("本题有 2 个空");
		assertThat(
				refused("FILL_IN", Map.of("parts", List.of(QuizFixtures.part(1, "1921"), QuizFixtures.part(1, "　")))))
			.contains("有一种写法是空的");
		assertThat(refused("SHORT", Map.of("parts", List.of(QuizFixtures.part(1, "长".repeat(31))))))
			.contains("每个关键词最多 30 个字");
		assertThat(refused("FILL_IN",
				Map.of("parts", List.of(QuizFixtures.part(1, "1921"), QuizFixtures.part(1, "民主集中制")))))
			.contains("与现在的答案相同");
		this.round = this.fixtures.published(this.fixtures.draft(this.fixtures.bank(1, "choice-corrected"), 1));
		assertThat(refused("SINGLE", Map.of("parts", List.of(QuizFixtures.part(1, "甲"))))).contains("没有填空或关键词");
		assertThat(refused("SINGLE", Map.of("options", List.of("E")))).contains("没有这个选项");
	}

	@Test
	void nobodyApprovesWrittenAnswersOfTheirOwn() {
		this.author = this.sessions.staff(UUID.randomUUID(), "QUIZ_AUTHOR", "PUBLISHER");
		Paper paper = paper("一九二一年\n民主集中制", "民主集中");
		JsonNode correction = proposed("FILL_IN", List.of(QuizFixtures.part(1, "一九二一年"), QuizFixtures.part(1, "民主集中制")),
				"换一种写法");
		JsonNode problem = json(this.author, HttpMethod.POST, corrections() + "/" + id(correction) + "/decision",
				Map.of("verdict", "approve"), 409);
		assertThat(problem.at("/type").asString()).isEqualTo("urn:qingfeng:problem:own-correction");
		assertThat(score(paper)).isEqualTo(75);
	}

	@Test
	void theCheckerAgreesWithCorrectedWrittenAnswers() throws Exception {
		Paper other = paper("一九二一年\n民主集中制", "民主");
		Paper right = paper("1921\n民主集中制", "集中与意思");
		Paper marked = paper("1900\n别的", "都对");
		JsonNode first = approved(proposed("FILL_IN",
				List.of(QuizFixtures.part(2, "1921", "一九二一年"), QuizFixtures.part(1, "民主集中制")), "也可以写汉字"));
		JsonNode second = approved(
				proposed("SHORT", List.of(QuizFixtures.part(1, "民主"), QuizFixtures.part(2, "意思")), "换一个关键词"));
		await("SELECT bool_and(key_version = 2) FROM quiz_attempts WHERE round_id = :id", this.round);
		assertThat(id(first)).isNotEqualTo(id(second));
		this.clock.advance(Duration.ofDays(2));
		mark(marked, 70);
		assertThat(List.of(score(other), score(right), score(marked))).containsExactly(66, 83, 35);
		String proof = text(marked.session(), "/api/v1/attempts/" + marked.attempt() + "/proof");
		assertThat(proof).contains("一九二一年", "\"mark\":700", "\"keyVersion\":2");
		assertThat(checked(text(this.sessions.staff("AUDITOR"), "/api/admin/v1/quizzes/" + this.round + "/proofs")))
			.contains("全部一致，共 3 份答卷");
		assertThat(checked(text(marked.session(), "/api/v1/quizzes/" + this.round + "/proof").strip() + "\n"
				+ proof.replace("\"score\":35", "\"score\":36")))
			.contains("不一致");
	}

	private void mark(Paper paper, int percent) {
		json(this.author, HttpMethod.PUT,
				"/api/admin/v1/attempts/" + paper.attempt() + "/short-answers/" + question("SHORT"),
				Map.of("percent", percent, "reason", "只答到一部分"), 200);
	}

	private String checked(String proofs) throws IOException, InterruptedException {
		Path file = Files.writeString(this.folder.resolve("proofs.ndjson"), proofs);
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Dstdout.encoding=UTF-8", "-XX:TieredStopAtLevel=1", CHECKER.toString(), file.toString())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
		return output;
	}

	private Paper paper(String blanks, String words) {
		Consumer<HttpHeaders> session = this.sessions.member(UUID.randomUUID(), this.members.add("答题人").id());
		return new Paper(this.fixtures.handedIn(session, this.round, Map.of("FILL_IN", blanks, "SHORT", words)),
				session);
	}

	private JsonNode proposed(String kind, List<Map<String, Object>> parts, String reason) {
		return json(this.author, HttpMethod.POST, corrections(),
				Map.of("questionId", question(kind), "parts", parts, "reason", reason), 201);
	}

	private String refused(String kind, Map<String, Object> change) {
		Map<String, Object> body = new HashMap<>(Map.of("questionId", question(kind), "reason", "没有道理"));
		body.putAll(change);
		return json(this.author, HttpMethod.POST, corrections(), body, 422).at("/errors").toString();
	}

	private JsonNode approved(JsonNode correction) {
		return json(this.publisher, HttpMethod.POST, corrections() + "/" + id(correction) + "/decision",
				Map.of("verdict", "approve"), 200);
	}

	private UUID question(String kind) {
		return this.database
			.sql("SELECT question_id FROM quiz_round_questions WHERE round_id = :id AND kind = :kind LIMIT 1")
			.bind("id", this.round)
			.bind("kind", kind)
			.mapValue(UUID.class)
			.one()
			.block(QuizFixtures.PATIENCE);
	}

	private String corrections() {
		return "/api/admin/v1/quizzes/" + this.round + "/corrections";
	}

	private int score(Paper paper) {
		return result(paper).at("/score").asInt();
	}

	private JsonNode result(Paper paper) {
		return json(paper.session(), HttpMethod.GET, "/api/v1/attempts/" + paper.attempt(), null, 200).at("/result");
	}

	private JsonNode review(Paper paper, String kind) {
		return result(paper).at("/review/questions")
			.valueStream()
			.filter((one) -> one.at("/questionId").asString().equals(question(kind).toString()))
			.findFirst()
			.orElseThrow();
	}

	private JsonNode inbox(Paper paper) {
		return json(paper.session(), HttpMethod.GET, "/api/v1/me/messages", null, 200);
	}

	private int mistakes(Paper paper) {
		return json(paper.session(), HttpMethod.GET, "/api/v1/me/mistakes", null, 200).at("/items").size();
	}

	private String text(Consumer<HttpHeaders> who, String uri) {
		return new String(this.client.get()
			.uri(uri)
			.headers(who)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBodyContent(), StandardCharsets.UTF_8);
	}

	private JsonNode json(Consumer<HttpHeaders> who, HttpMethod method, String uri, Object body, int status) {
		WebTestClient.RequestBodySpec request = this.client.method(method).uri(uri).headers(who);
		return this.json.readTree(((body != null) ? request.bodyValue(body) : request).exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.returnResult()
			.getResponseBodyContent());
	}

	private static UUID id(JsonNode node) {
		return UUID.fromString(node.at("/id").asString());
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
