package cn.qingfeng.quiz.bank;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestSessions;
import cn.qingfeng.quiz.QuizFixtures;
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
class QuestionCareIT {

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

	private Consumer<HttpHeaders> author;

	private String document;

	@BeforeEach
	void setUp() {
		this.fixtures = new QuizFixtures(this.client, this.sessions, this.database, this.clock);
		this.author = this.sessions.staff("QUIZ_AUTHOR");
		this.document = "条例" + UUID.randomUUID();
	}

	@Test
	void aBankIsOpenedRenamedAndArchived() {
		JsonNode bank = bank();
		JsonNode renamed = put("/question-banks/" + id(bank), bank, Map.of("title", "新名", "document", this.document),
				200);
		assertThat(renamed.at("/title").asString()).isEqualTo("新名");
		assertThat(renamed.at("/version").asLong()).isEqualTo(1);
		put("/question-banks/" + id(bank), bank, Map.of("title", "旧的", "document", "x"), 412);
		JsonNode question = question(bank, choice("归档前写的题"));
		JsonNode archived = post("/question-banks/" + id(bank) + "/archival", renamed, null, 200);
		assertThat(archived.at("/archived").asBoolean()).isTrue();
		assertThat(archived.at("/questions").asInt()).isEqualTo(1);
		assertThat(problem(post("/question-banks/" + id(bank) + "/questions", null, choice("太晚了"), 409)))
			.isEqualTo("bank-archived");
		JsonNode refused = call(HttpMethod.POST, "/quizzes", null, this.fixtures.draft(uuid(bank), 1), 422);
		assertThat(refused.at("/errors/0/field").asString()).isEqualTo("rules[0].bankId");
		assertThat(get("/questions/" + id(question)).at("/state").asString()).isEqualTo("ACTIVE");
		assertThat(audited("question-bank.archive", id(bank))).isEqualTo(1);
	}

	@Test
	void aQuestionIsWrittenChangedAndWithdrawn() {
		JsonNode bank = bank();
		JsonNode question = question(bank, choice("党纪处分有几种？"));
		assertThat(question.at("/answer/0").asString()).isEqualTo("b");
		assertThat(question.at("/source").asString()).isEqualTo("《" + this.document + "》第八条");
		Map<String, Object> changed = choice("党纪处分一共有几种？");
		changed.put("answer", List.of(0));
		JsonNode after = put("/questions/" + id(question), question, changed, 200);
		assertThat(after.at("/answer/0").asString()).isEqualTo("a");
		assertThat(after.at("/version").asLong()).isEqualTo(1);
		put("/questions/" + id(question), question, changed, 412);
		JsonNode withdrawn = post("/questions/" + id(question) + "/withdrawal", after, null, 200);
		assertThat(withdrawn.at("/state").asString()).isEqualTo("WITHDRAWN");
		assertThat(problem(put("/questions/" + id(question), withdrawn, changed, 409))).isEqualTo("question-withdrawn");
		assertThat(get("/question-banks/" + id(bank)).at("/questions").asInt()).isZero();
		assertThat(audited("question.update", id(question))).isEqualTo(1);
		assertThat(audited("question.withdraw", id(question))).isEqualTo(1);
	}

	@Test
	void theSameStemIsWrittenOnce() {
		JsonNode bank = bank();
		question(bank, choice("党员的义务有哪些？"));
		assertThat(problem(post("/question-banks/" + id(bank) + "/questions", null, choice("“党员”的义务，有哪些"), 409)))
			.isEqualTo("question-exists");
	}

	@Test
	void aFlawIsNamedByItsField() {
		JsonNode bank = bank();
		Map<String, Object> content = choice("答案出界");
		content.put("answer", List.of(9));
		JsonNode refused = post("/question-banks/" + id(bank) + "/questions", null, content, 422);
		assertThat(refused.at("/errors/0/field").asString()).isEqualTo("answer");
		content = written("FILL_IN", "没有空的答案");
		content.put("parts", List.of());
		assertThat(
				post("/question-banks/" + id(bank) + "/questions", null, content, 422).at("/errors/0/field").asString())
			.isEqualTo("parts");
	}

	@Test
	void questionsAreFoundByWhatTheyAre() {
		JsonNode bank = bank();
		JsonNode choice = question(bank, choice("按题干找到的题"));
		JsonNode blank = question(bank, written("FILL_IN", "要填的题____"));
		JsonNode another = question(bank, written("SHORT", "要答的题"));
		String all = "/questions?bankId=" + id(bank);
		assertThat(ids(all)).containsExactly(id(choice), id(blank), id(another));
		assertThat(ids(all + "&kind=FILL_IN")).containsExactly(id(blank));
		assertThat(ids(all + "&text=题干")).containsExactly(id(choice));
		assertThat(ids(all + "&tag=处分")).containsExactly(id(choice));
		assertThat(ids(all + "&difficulty=3")).isEmpty();
		assertThat(ids(all + "&state=SUSPENDED")).isEmpty();
		JsonNode first = get(all + "&limit=2");
		assertThat(first.at("/items").size()).isEqualTo(2);
		assertThat(ids(all + "&limit=2&cursor=" + first.at("/nextCursor").asString())).containsExactly(id(another));
	}

	@Test
	void aNewEditionSuspendsTheQuestionsOfTheOldUntilEachIsConfirmed() {
		JsonNode bank = bank();
		JsonNode kept = question(bank, choice("仍然成立的题"));
		JsonNode other = question(bank, choice("还没有复核的题"));
		String edition = kept.at("/edition/id").asString();
		JsonNode newer = post("/source-documents/" + edition + "/supersession", null,
				Map.of("title", "《" + this.document + "》", "edition", "2026年修订", "validFrom", "2026-12-01"), 201);
		assertThat(newer.at("/title").asString()).isEqualTo(this.document);
		assertThat(ids("/questions?state=SUSPENDED&documentId=" + edition)).containsExactly(id(kept), id(other));
		assertThat(problem(publish(this.fixtures.created(this.fixtures.draft(uuid(bank), 1)), 409)))
			.isEqualTo("question-shortage");
		JsonNode confirmed = post("/questions/" + id(kept) + "/confirmation", get("/questions/" + id(kept)),
				Map.of("clause", "第九条"), 200);
		assertThat(confirmed.at("/state").asString()).isEqualTo("ACTIVE");
		assertThat(confirmed.at("/clause").asString()).isEqualTo("第九条");
		assertThat(confirmed.at("/edition/edition").asString()).isEqualTo("2026年修订");
		publish(this.fixtures.created(this.fixtures.draft(uuid(bank), 1)), 200);
		assertThat(problem(publish(this.fixtures.created(this.fixtures.draft(uuid(bank), 2)), 409)))
			.isEqualTo("question-shortage");
		assertThat(problem(post("/questions/" + id(kept) + "/confirmation", confirmed, Map.of(), 409)))
			.isEqualTo("question-not-suspended");
		assertThat(problem(post("/source-documents/" + edition + "/supersession", null,
				Map.of("title", this.document, "edition", "2027年修订"), 409)))
			.isEqualTo("document-superseded");
		assertThat(audited("source-document.supersede", newer.at("/id").asString())).isEqualTo(1);
		assertThat(audited("question.confirm", id(kept))).isEqualTo(1);
	}

	@Test
	void aDocumentMayTakeThePlaceOfOneWithAnotherTitle() {
		JsonNode question = question(bank(), choice("法改了名的题"));
		String successor = this.document + "（新法）";
		post("/source-documents/" + question.at("/edition/id").asString() + "/supersession", null,
				Map.of("title", successor, "edition", ""), 201);
		JsonNode confirmed = post("/questions/" + id(question) + "/confirmation", get("/questions/" + id(question)),
				Map.of(), 200);
		assertThat(confirmed.at("/document").asString()).isEqualTo(successor);
		assertThat(confirmed.at("/clause").asString()).isEqualTo("第八条");
	}

	@Test
	void documentsAreListedByTitleWithTheirQuestions() {
		question(bank(), choice("列在文件下的题"));
		assertThat(problem(post("/source-documents", null, Map.of("title", this.document, "edition", "x"), 409)))
			.isEqualTo("document-exists");
		List<String> titles = new ArrayList<>();
		String cursor = "";
		do {
			JsonNode page = get("/source-documents?limit=100&superseded=false&cursor=" + cursor);
			page.at("/items").forEach((item) -> titles.add(item.at("/title").asString()));
			page.at("/items").forEach((item) -> {
				if (item.at("/title").asString().equals(this.document)) {
					assertThat(item.at("/questions").asInt()).isEqualTo(1);
				}
			});
			cursor = page.at("/nextCursor").isNull() ? "" : page.at("/nextCursor").asString();
		}
		while (!cursor.isEmpty());
		assertThat(titles).contains(this.document).doesNotHaveDuplicates();
	}

	@Test
	void anEditOrAWithdrawalWhileARoundRunsLeavesItsPapersAndScores() {
		JsonNode bank = bank();
		JsonNode edited = question(bank, choice("答题时被改的题"));
		JsonNode withdrawn = question(bank, choice("答题时被撤下的题"));
		UUID round = this.fixtures.published(this.fixtures.draft(uuid(bank), 2));
		Consumer<HttpHeaders> member = this.fixtures.member();
		JsonNode attempt = as(member, HttpMethod.POST, "/api/v1/quizzes/" + round + "/attempts", null, 201);
		Map<String, Object> changed = choice("改过的题干");
		changed.put("answer", List.of(0));
		put("/questions/" + id(edited), edited, changed, 200);
		post("/questions/" + id(withdrawn) + "/withdrawal", withdrawn, null, 200);
		JsonNode resumed = as(member, HttpMethod.GET, "/api/v1/attempts/" + id(attempt), null, 200);
		assertThat(resumed.at("/questions")).isEqualTo(attempt.at("/questions"));
		assertThat(resumed.toString()).contains("答题时被改的题").doesNotContain("改过的题干");
		attempt.at("/questions").forEach((question) -> question.at("/options").forEach((option) -> {
			if (option.at("/text").asString().equals("五种")) {
				as(member, HttpMethod.PUT, "/api/v1/attempts/" + id(attempt) + "/answers/" + id(question),
						Map.of("optionIds", List.of(id(option))), 204);
			}
		}));
		JsonNode result = as(member, HttpMethod.POST, "/api/v1/attempts/" + id(attempt) + "/submission", null, 200);
		assertThat(result.at("/score").asInt()).isEqualTo(100);
		Consumer<HttpHeaders> later = this.fixtures.member();
		JsonNode another = as(later, HttpMethod.POST, "/api/v1/quizzes/" + round + "/attempts", null, 201);
		assertThat(another.toString()).contains("答题时被改的题").contains("答题时被撤下的题");
	}

	private JsonNode bank() {
		return post("/question-banks", null, Map.of("title", "题库", "document", this.document), 201);
	}

	private JsonNode question(JsonNode bank, Map<String, Object> content) {
		return post("/question-banks/" + id(bank) + "/questions", null, content, 201);
	}

	private Map<String, Object> choice(String stem) {
		return new HashMap<>(Map.of("kind", "SINGLE", "stem", stem, "options", List.of("四种", "五种"), "answer",
				List.of(1), "explanation", "见条例", "document", this.document, "clause", "第八条", "difficulty", 1, "tags",
				List.of("处分")));
	}

	private Map<String, Object> written(String kind, String stem) {
		return new HashMap<>(
				Map.of("kind", kind, "stem", stem, "parts", List.of(Map.of("accepted", List.of("民主集中制"), "weight", 1)),
						"explanation", "", "document", this.document, "clause", "", "difficulty", 1));
	}

	private List<String> ids(String uri) {
		List<String> ids = new ArrayList<>();
		get(uri).at("/items").forEach((item) -> ids.add(id(item)));
		return ids;
	}

	private JsonNode publish(UUID round, int status) {
		return as(this.sessions.staff("PUBLISHER"), HttpMethod.POST, "/api/admin/v1/quizzes/" + round + "/publication",
				null, status);
	}

	private long audited(String action, String subject) {
		return this.database.sql("SELECT count(*) FROM audit_entry WHERE action = :action AND subject = :subject")
			.bind("action", action)
			.bind("subject", subject)
			.mapValue(Long.class)
			.one()
			.block(QuizFixtures.PATIENCE);
	}

	private JsonNode get(String uri) {
		return call(HttpMethod.GET, uri, null, null, 200);
	}

	private JsonNode put(String uri, JsonNode known, Object body, int status) {
		return call(HttpMethod.PUT, uri, known, body, status);
	}

	private JsonNode post(String uri, JsonNode known, Object body, int status) {
		return call(HttpMethod.POST, uri, known, body, status);
	}

	/** As one who knows that version of the thing. */
	private JsonNode call(HttpMethod method, String uri, JsonNode known, Object body, int status) {
		Consumer<HttpHeaders> headers = (known != null)
				? this.author.andThen((all) -> all.setIfMatch("\"" + known.at("/version").asLong() + "\""))
				: this.author;
		return as(headers, method, "/api/admin/v1" + uri, body, status);
	}

	private JsonNode as(Consumer<HttpHeaders> headers, HttpMethod method, String uri, Object body, int status) {
		WebTestClient.RequestBodySpec request = this.client.method(method).uri(uri).headers(headers);
		byte[] answer = ((body != null) ? request.bodyValue(body) : request).exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.returnResult()
			.getResponseBodyContent();
		return this.json.readTree((answer != null && answer.length > 0) ? answer : new byte[] { '{', '}' });
	}

	private static String problem(JsonNode problem) {
		return problem.at("/type").asString().replace("urn:qingfeng:problem:", "");
	}

	private static String id(JsonNode node) {
		return node.at("/id").asString();
	}

	private static UUID uuid(JsonNode node) {
		return UUID.fromString(id(node));
	}

}
