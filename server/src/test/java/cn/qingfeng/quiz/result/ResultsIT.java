package cn.qingfeng.quiz.result;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestMembers.TestMember;
import cn.qingfeng.TestSessions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.platform.sheet.SheetReader;
import cn.qingfeng.platform.sheet.SheetRow;
import cn.qingfeng.quiz.QuizFixtures;
import cn.qingfeng.staff.PolicyGate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class ResultsIT {

	private static final int MANY = 1_203;

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TestMembers members;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private PolicyGate gate;

	@Autowired
	private TestClock clock;

	@Autowired
	private JsonMapper json;

	private QuizFixtures fixtures;

	private UUID round;

	@BeforeEach
	void aRound() {
		this.fixtures = new QuizFixtures(this.client, this.sessions, this.database, this.clock);
		this.round = this.fixtures.published(this.fixtures.draft(this.fixtures.bank(1, "results"), 1));
	}

	@AfterEach
	void nothingIsAllowed() {
		this.fixtures.run("DELETE FROM policy_exception", Map.of());
		this.gate.forget();
		this.clock.reset();
	}

	@Test
	void everyResultIsInTheWorkbookOnceWithAMaskedName() {
		this.fixtures.run(
				"""
						WITH someone AS (
						  INSERT INTO member (id, number, name, unit_id, status, phone_cipher, phone_key, phone_index,
						                      phone_masked, created_at, updated_at)
						  SELECT gen_random_uuid(), :prefix || n, '张' || n, u.id, 'ACTIVE', ''::bytea, 'k',
						         decode(md5(:prefix || n), 'hex'), '139****0000', now(), now()
						  FROM generate_series(1, :many) AS n, unit u
						  WHERE u.key = 'audit'
						  RETURNING id
						)
						INSERT INTO quiz_attempts (id, round_id, member_id, number, started_at, deadline, submitted_at, closed_by,
						                           correct, score, passed)
						SELECT gen_random_uuid(), :round, id, 1, now(), now(), now(), 'MEMBER', 1, 100, true FROM someone
						""",
				Map.of("prefix", "R" + UUID.randomUUID(), "many", MANY, "round", this.round));
		List<SheetRow> rows = SheetReader.rows(export(everywhere(), "?format=xlsx"));
		assertThat(rows).hasSize(MANY + 1);
		assertThat(rows.get(0).cells().get(1).text()).isEqualTo("姓名");
		assertThat(rows.stream().skip(1).map((row) -> row.cells().get(1).text()))
			.allMatch((name) -> name.matches("张\\*+"));
	}

	@Test
	void fullNamesTakeAPurposeThatIsAudited() {
		attempted("=王小明", "audit", 100);
		this.client.get()
			.uri("/api/admin/v1/quizzes/{id}/results?names=full", this.round)
			.headers(everywhere())
			.exchange()
			.expectStatus()
			.isEqualTo(422);
		String table = new String(export(everywhere(), "?format=csv&names=full&purpose=年度考核归档"),
				StandardCharsets.UTF_8);
		assertThat(table).startsWith("\ufeff\"单位\"").contains("\"'=王小明\"").contains("合格");
		assertThat(this.fixtures.count("""
				SELECT count(*) FROM audit_entry
				WHERE action = 'quiz.results.export' AND subject = :id::text AND detail = '年度考核归档'
				""", this.round)).isEqualTo(1);
	}

	@Test
	void aResultWithAMarkedOrCorrectedAnswerIsToldApart() {
		UUID bank = this.fixtures.bank(0, "marked-results");
		this.fixtures.write(bank, "SHORT", "谈谈民主集中制。", List.of(QuizFixtures.part(3, "民主"), QuizFixtures.part(1, "集中")));
		this.round = this.fixtures.published(this.fixtures.draft(bank, 1));
		UUID marked = this.fixtures.handedIn(member("甲评阅"), this.round, Map.of("SHORT", "意思都对"));
		this.fixtures.handedIn(member("乙机器"), this.round, Map.of("SHORT", "讲民主"));
		this.clock.advance(Duration.ofDays(2));
		UUID question = this.database.sql("SELECT question_id FROM quiz_round_questions WHERE round_id = :id")
			.bind("id", this.round)
			.mapValue(UUID.class)
			.one()
			.block(QuizFixtures.PATIENCE);
		this.client.put()
			.uri("/api/admin/v1/attempts/{id}/short-answers/{question}", marked, question)
			.headers(everywhere())
			.bodyValue(Map.of("percent", 80, "reason", "意思对"))
			.exchange()
			.expectStatus()
			.isOk();
		List<String> lines = new String(export(everywhere(), "?format=csv"), StandardCharsets.UTF_8).lines().toList();
		assertThat(lines.getFirst()).endsWith("\"成绩\",\"是否合格\",\"是否更正过\",\"有无人工评阅\"");
		assertThat(lines).anyMatch((line) -> line.contains("甲**") && line.endsWith("\"80\",\"合格\",\"否\",\"有\""))
			.anyMatch((line) -> line.contains("乙**") && line.endsWith("\"75\",\"合格\",\"否\",\"无\""));
		List<SheetRow> rows = SheetReader.rows(export(everywhere(), "?format=xlsx"));
		assertThat(rows).hasSize(3);
		assertThat(rows.stream().skip(1).map((row) -> row.cells().getLast().text())).containsExactlyInAnyOrder("有",
				"无");
	}

	@Test
	void staffOfAUnitExportTheirOwnMembersOnly() {
		attempted("自己人", "audit", 100);
		attempted("外单位的人", other(), 100);
		String table = new String(export(of("audit"), "?format=csv"), StandardCharsets.UTF_8);
		assertThat(table).contains("自**").doesNotContain("外");
	}

	@Test
	void unitFiguresAreOffByDefault() {
		units(everywhere()).expectStatus().isNotFound();
	}

	@Test
	void unitFiguresHideSmallGroupsOnceThePolicyAllowsThem() {
		List<String> keys = units();
		String many = keys.get(0);
		String few = keys.get(1);
		String none = keys.get(2);
		for (int n = 0; n < 6; n++) {
			attempted("多", many, 100);
		}
		for (int n = 0; n < 3; n++) {
			attempted("少", few, 0);
			attempted("也少", none, 0);
		}
		allow("UNIT_PARTICIPATION");
		JsonNode figures = this.json
			.readTree(units(everywhere()).expectStatus().isOk().expectBody().returnResult().getResponseBodyContent());
		assertThat(unit(figures, many).at("/participants").asInt()).isEqualTo(6);
		assertThat(unit(figures, many).at("/passed").asInt()).isEqualTo(6);
		assertThat(unit(figures, many).at("/rank").isNull()).isTrue();
		assertThat(unit(figures, few).at("/participants").isNull()).isTrue();
		assertThat(unit(figures, few).at("/averageScore").isNull()).isTrue();
		allow("RANKINGS");
		figures = this.json
			.readTree(units(everywhere()).expectStatus().isOk().expectBody().returnResult().getResponseBodyContent());
		assertThat(unit(figures, many).at("/rank").asInt()).isEqualTo(1);
		assertThat(unit(figures, few).at("/rank").isNull()).isTrue();
	}

	private void allow(String rule) {
		this.fixtures.run("""
				INSERT INTO policy_exception (id, rule, reason, requested_by, requested_at, expires_at, first_approver,
				                              first_approved_at, second_approver, second_approved_at)
				VALUES (gen_random_uuid(), :rule, 'test', gen_random_uuid(), now(), now() + interval '3 days',
				        gen_random_uuid(), now(), gen_random_uuid(), now())
				""", Map.of("rule", rule));
		this.gate.forget();
	}

	private Consumer<HttpHeaders> member(String name) {
		return this.sessions.member(UUID.randomUUID(), this.members.add(name, "audit").id());
	}

	private JsonNode unit(JsonNode figures, String key) {
		UUID id = unitId(key);
		return figures.at("/items")
			.valueStream()
			.filter((one) -> one.at("/unitId").asString().equals(id.toString()))
			.findFirst()
			.orElseThrow();
	}

	private void attempted(String name, String unit, int score) {
		TestMember member = this.members.add(name, unit);
		this.fixtures.run(
				"""
						INSERT INTO quiz_attempts (id, round_id, member_id, number, started_at, deadline, submitted_at, closed_by,
						                           correct, score, passed)
						VALUES (gen_random_uuid(), :round, :member, 1, now(), now(), now(), 'MEMBER', 1, :score, :score >= 60)
						""",
				Map.of("round", this.round, "member", member.id(), "score", score));
	}

	private byte[] export(Consumer<HttpHeaders> staff, String query) {
		return this.client.get()
			.uri("/api/admin/v1/quizzes/" + this.round + "/results" + query)
			.headers(staff)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBodyContent();
	}

	private WebTestClient.ResponseSpec units(Consumer<HttpHeaders> staff) {
		return this.client.get().uri("/api/admin/v1/quizzes/{id}/units", this.round).headers(staff).exchange();
	}

	private Consumer<HttpHeaders> everywhere() {
		return this.sessions.staff("QUIZ_AUTHOR");
	}

	private Consumer<HttpHeaders> of(String unit) {
		return this.sessions.as(new CurrentStaff(UUID.randomUUID(), UUID.randomUUID(), "unit", Set.of("UNIT_ADMIN"),
				Set.of(unitId(unit))));
	}

	private String other() {
		return units().stream().filter((key) -> !key.equals("audit")).findFirst().orElseThrow();
	}

	/** Keys of seeded units with nobody below them. */
	private List<String> units() {
		return new ArrayList<>(this.database.sql("""
				SELECT u.key FROM unit u
				WHERE u.key <> u.id::text AND NOT EXISTS (SELECT 1 FROM unit c WHERE c.parent_id = u.id)
				ORDER BY u.key
				""").mapValue(String.class).all().collectList().block(QuizFixtures.PATIENCE));
	}

	private UUID unitId(String key) {
		return this.database.sql("SELECT id FROM unit WHERE key = :key")
			.bind("key", key)
			.mapValue(UUID.class)
			.one()
			.block(QuizFixtures.PATIENCE);
	}

}
