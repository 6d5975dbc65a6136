package cn.qingfeng.quiz.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestSessions;
import cn.qingfeng.quiz.QuizFixtures;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class QuestionImportIT {

	private static final String TABLE = """
			题型,题干,选项A,选项B,选项C,选项D,答案,解析,出处,条款,难度
			单选题,党纪处分中最轻的是哪一种？,警告,严重警告,撤销党内职务,留党察看,A,见条例,《中国共产党纪律处分条例》,第八条,1
			多选题,下列属于党纪处分的有哪些？,警告,诫勉,开除党籍,责令检查,AC,,,,
			判断题,党员有权进行申辩。,,,,,对,,,,
			填空题,党的根本组织原则是____。,,,,,民主集中制/民主集中,,,,
			简答题,谈谈民主集中制。,,,,,民主（2分）；集中,,,,
			单选题,这道题的答案出了界？,甲,乙,,,D,,,,
			""";

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

	private UUID bank;

	private QuizFixtures fixtures;

	@BeforeEach
	void setUp() {
		this.fixtures = new QuizFixtures(this.client, this.sessions, this.database, this.clock);
		this.bank = this.fixtures.bank(0, "import");
	}

	@Test
	void aPreviewNamesBadRowsAndAddsNothing() {
		JsonNode preview = preview("题库.csv", TABLE);
		assertThat(preview.at("/questions").size()).isEqualTo(5);
		assertThat(preview.at("/questions/1/answer")).hasToString("[\"A\",\"C\"]");
		assertThat(preview.at("/errors/0/row").asInt()).isEqualTo(7);
		assertThat(preview.at("/errors/0/column").asString()).isEqualTo("答案");
		assertThat(preview.at("/committedAt").isNull()).isTrue();
		assertThat(questions()).isZero();
	}

	@Test
	void goodRowsAreAddedOnceHoweverOftenTheyAreCommitted() {
		JsonNode preview = preview("题库.csv", TABLE);
		assertThat(commit(preview, "GOOD_ROWS").at("/added").asInt()).isEqualTo(5);
		assertThat(commit(preview, "GOOD_ROWS").at("/added").asInt()).isEqualTo(5);
		assertThat(questions()).isEqualTo(5);
		JsonNode again = preview("题库.csv", TABLE);
		assertThat(again.at("/questions").size()).isZero();
		assertThat(again.at("/errors").size()).isEqualTo(6);
	}

	@Test
	void twoPreviewsOfTheSameFileAddEachQuestionOnce() {
		JsonNode first = preview("题库.csv", TABLE);
		JsonNode second = preview("题库.csv", TABLE);
		assertThat(commit(first, "GOOD_ROWS").at("/added").asInt()).isEqualTo(5);
		assertThat(commit(second, "GOOD_ROWS").at("/added").asInt()).isZero();
		assertThat(questions()).isEqualTo(5);
	}

	@Test
	void allOrNothingKeepsGoodRowsOutWhileOneIsBad() {
		JsonNode preview = preview("题库.csv", TABLE);
		post(preview, "ALL_OR_NOTHING").expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:import-has-errors");
		assertThat(questions()).isZero();
	}

	@Test
	void aNearlyEqualQuestionIsShownAndAnEqualOneRefused() {
		commit(preview("一.csv", "题干,选项A,选项B,答案\n现行党章对入党年龄是怎样规定的？,年满十八岁,年满二十岁,A\n"), "ALL_OR_NOTHING");
		JsonNode preview = preview("二.csv", """
				题干,选项A,选项B,答案
				现行党章对入党年龄是怎么规定的？,年满十八岁,年满二十岁,A
				“现行党章”对入党年龄，是怎样规定的,十八,二十,A
				""");
		assertThat(preview.at("/questions").size()).isEqualTo(1);
		assertThat(preview.at("/alike/0/row").asInt()).isEqualTo(2);
		assertThat(preview.at("/alike/0/other").asString()).isEqualTo("现行党章对入党年龄是怎样规定的？");
		assertThat(preview.at("/errors/0/message").asString()).contains("已有");
	}

	@ParameterizedTest
	@ValueSource(strings = { "csv", "gift", "xml", "qti" })
	void anExportImportsBackTheSame(String format) {
		String ending = format.equals("qti") ? "zip" : format;
		commit(preview("题库.csv", TABLE), "GOOD_ROWS");
		byte[] file = this.client.get()
			.uri("/api/admin/v1/question-banks/{bank}/export?format={format}", this.bank, format)
			.headers(this.sessions.staff("QUIZ_AUTHOR"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueMatches("Content-Disposition", "attachment; filename=.*\\." + ending + ".*")
			.expectBody()
			.returnResult()
			.getResponseBodyContent();
		UUID first = this.bank;
		this.bank = this.fixtures.bank(0, "back");
		JsonNode preview = preview("back." + ending, file);
		assertThat(preview.at("/errors").size()).isZero();
		commit(preview, "ALL_OR_NOTHING");
		assertThat(contents(this.bank)).isEqualTo(contents(first)).hasSize(5);
	}

	@Test
	void aFileOfChineseWindowsIsRead() {
		assertThat(preview("题库.csv", TABLE.getBytes(Charset.forName("GB18030"))).at("/questions/0/stem").asString())
			.isEqualTo("党纪处分中最轻的是哪一种？");
	}

	@Test
	void aWorkbookIsRead() throws IOException {
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		try (Workbook workbook = new Workbook(file, "test", "1.0")) {
			Worksheet sheet = workbook.newWorksheet("题库");
			List<List<String>> rows = List.of(List.of("2026年题库"), List.of("题干", "选项", "答案"),
					List.of("下列属于处分的有？", "A.警告\nB.诫勉\nC.开除党籍", "AC"));
			for (int row = 0; row < rows.size(); row++) {
				for (int column = 0; column < rows.get(row).size(); column++) {
					sheet.value(row, column, rows.get(row).get(column));
				}
			}
		}
		JsonNode preview = preview("题库.xlsx", file.toByteArray());
		assertThat(preview.at("/format").asString()).isEqualTo("xlsx");
		assertThat(preview.at("/questions/0/row").asInt()).isEqualTo(3);
		assertThat(preview.at("/questions/0/options").size()).isEqualTo(3);
		assertThat(preview.at("/questions/0/answer")).hasToString("[\"A\",\"C\"]");
	}

	@Test
	void aCellThatASpreadsheetWouldComputeIsExportedAsText() {
		commit(preview("题库.csv", "题干,选项A,选项B,答案\n\"=1+1 等于几？\",2,\"@SUM(1,1)\",A\n"), "ALL_OR_NOTHING");
		String file = this.client.get()
			.uri("/api/admin/v1/question-banks/{bank}/export", this.bank)
			.headers(this.sessions.staff("QUIZ_AUTHOR"))
			.exchange()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(file).contains(",\" =1+1").contains(" @SUM");
	}

	@Test
	void aFileOfAnotherKindIsRefused() {
		upload(this.bank, "题库.exe", new byte[] { 1, 2, 3 }).expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("file");
	}

	@Test
	void anEmptyFileIsAPreviewWithAnError() {
		assertThat(preview("题库.csv", "").at("/errors").size()).isEqualTo(1);
	}

	@Test
	void whatIsNotThereIsNotFound() {
		upload(UUID.randomUUID(), "题库.csv", TABLE.getBytes(StandardCharsets.UTF_8)).expectStatus().isNotFound();
		JsonNode preview = preview("题库.csv", TABLE);
		this.bank = this.fixtures.bank(0, "other");
		post(preview, "GOOD_ROWS").expectStatus().isNotFound();
	}

	private JsonNode preview(String name, String text) {
		return preview(name, text.getBytes(StandardCharsets.UTF_8));
	}

	private JsonNode preview(String name, byte[] file) {
		return this.json.readTree(upload(this.bank, name, file).expectStatus()
			.isCreated()
			.expectBody()
			.returnResult()
			.getResponseBodyContent());
	}

	private WebTestClient.ResponseSpec upload(UUID into, String name, byte[] file) {
		MultipartBodyBuilder body = new MultipartBodyBuilder();
		body.part("file", new ByteArrayResource(file)).filename(name);
		return this.client.post()
			.uri("/api/admin/v1/question-banks/{bank}/imports", into)
			.headers(this.sessions.staff("QUIZ_AUTHOR"))
			.contentType(MediaType.MULTIPART_FORM_DATA)
			.body(BodyInserters.fromMultipartData(body.build()))
			.exchange();
	}

	private JsonNode commit(JsonNode preview, String mode) {
		return this.json
			.readTree(post(preview, mode).expectStatus().isOk().expectBody().returnResult().getResponseBodyContent());
	}

	private WebTestClient.ResponseSpec post(JsonNode preview, String mode) {
		return this.client.post()
			.uri("/api/admin/v1/question-banks/{bank}/imports/{id}/commit", this.bank, preview.at("/id").asString())
			.headers(this.sessions.staff("QUIZ_AUTHOR"))
			.bodyValue(Map.of("mode", mode))
			.exchange();
	}

	private long questions() {
		return this.fixtures.count("SELECT count(*) FROM questions WHERE bank_id = :id", this.bank);
	}

	private List<String> contents(UUID of) {
		return this.database
			.sql("""
					SELECT concat_ws('|', kind, stem, options, answer, parts, explanation, document, clause, difficulty, tags) AS q
					FROM questions WHERE bank_id = :bank ORDER BY stem
					""")
			.bind("bank", of)
			.mapValue(String.class)
			.all()
			.collectList()
			.block(QuizFixtures.PATIENCE);
	}

}
