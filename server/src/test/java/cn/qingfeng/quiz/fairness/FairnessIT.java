package cn.qingfeng.quiz.fairness;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestServers;
import cn.qingfeng.TestSessions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.quiz.QuizFixtures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class FairnessIT {

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TestMembers members;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private FairnessReading fairness;

	@Autowired
	private TestClock clock;

	@Autowired
	private JsonMapper json;

	@Value("${spring.flyway.url}")
	private String jdbcUrl;

	private QuizFixtures fixtures;

	private UUID round;

	@BeforeEach
	void aRoundOfTwentyQuestions() {
		this.fixtures = new QuizFixtures(this.client, this.sessions, this.database, this.clock);
		this.round = this.fixtures.published(this.fixtures.draft(this.fixtures.bank(20, "fair"), 20));
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void aPaperFilledInFasterThanAnybodyReadsIsShown() {
		attempt(0, 20, 2);
		for (int n = 1; n < 6; n++) {
			attempt(n * 1_000, 400, n);
		}
		JsonNode findings = over().at("/findings");
		assertThat(findings.size()).isEqualTo(1);
		assertThat(findings.at("/0/kind").asString()).isEqualTo("PACE");
		assertThat(findings.at("/0/reason").asString()).contains("20 秒答了 20 题", "1.0 秒");
		assertThat(findings.at("/0/attempts/0/member").asString()).isEqualTo("测*");
	}

	@Test
	void twoPapersWithTheSameAnswersAtTheSameMomentsAreShownTogether() {
		attempt(0, 600, 1);
		attempt(1, 600, 1);
		attempt(0, 600, 2);
		for (int n = 1; n < 5; n++) {
			attempt(n * 1_000, 600, 1);
		}
		JsonNode findings = over().at("/findings");
		assertThat(findings.size()).isEqualTo(1);
		assertThat(findings.at("/0/kind").asString()).isEqualTo("ALIKE");
		assertThat(findings.at("/0/attempts").size()).isEqualTo(2);
		assertThat(findings.at("/0/reason").asString()).contains("20 题", "100%");
	}

	@Test
	void theSameWrongTextInABlankTellsAsMuchAsTheSameOption() {
		aWrittenRound();
		write(0, 600, "1900\n甲");
		write(1, 600, " １９００ \n乙");
		write(0, 600, "1921\n丙");
		write(1, 600, "1921\n丁");
		write(0, 600, "");
		write(1, 600, "");
		JsonNode findings = over().at("/findings");
		assertThat(findings.size()).isEqualTo(1);
		assertThat(findings.at("/0/kind").asString()).isEqualTo("ALIKE");
		assertThat(findings.at("/0/attempts").size()).isEqualTo(2);
		assertThat(findings.at("/0/reason").asString()).contains("10 题", "100%");
	}

	@Test
	void writtenAnswersThatAreAlikeAsAWholeCountOnceEach() {
		aWrittenRound();
		write(0, 600, "1900\n甲");
		write(1, 600, "1900\n 甲");
		for (int n = 1; n < 5; n++) {
			write(n * 1_000, 600, "1900\n甲");
		}
		JsonNode findings = over().at("/findings");
		assertThat(findings.size()).isEqualTo(1);
		assertThat(findings.at("/0/reason").asString()).contains("10 题", "100%");
	}

	@Test
	void writtenAnswersCountForThePace() {
		aWrittenRound();
		write(0, 10, "1921\n甲");
		write(1_000, 10, "");
		for (int n = 2; n < 6; n++) {
			write(n * 1_000, 400, "1921\n乙");
		}
		JsonNode findings = over().at("/findings");
		assertThat(findings.size()).isEqualTo(1);
		assertThat(findings.at("/0/reason").asString()).contains("10 秒答了 10 题");
	}

	@Test
	void manyMembersFromOneDeviceAreShownAndTheMarkIsErasedInTime() {
		for (int n = 0; n < 6; n++) {
			begun("phone one");
		}
		begun("phone two");
		JsonNode findings = over().at("/findings");
		assertThat(findings.size()).isEqualTo(1);
		assertThat(findings.at("/0/kind").asString()).isEqualTo("DEVICE");
		assertThat(findings.at("/0/attempts").size()).isEqualTo(6);
		this.clock.advance(Duration.ofDays(40));
		while (Boolean.TRUE.equals(this.fairness.forgetOrigins().block(QuizFixtures.PATIENCE))) {
			this.clock.advance(Duration.ofSeconds(1));
		}
		assertThat(evidence(everywhere()).at("/findings").size()).isZero();
	}

	@Test
	void theMarkOfADeviceIsAnotherInAnotherRound() {
		begun("phone one");
		UUID first = this.round;
		aRoundOfTwentyQuestions();
		begun("phone one");
		assertThat(mark(this.round)).hasSize(16).isNotEqualTo(mark(first));
	}

	@Test
	void withFewParticipantsNothingIsTold() {
		attempt(0, 1, 1);
		attempt(0, 1, 1);
		JsonNode evidence = over();
		assertThat(evidence.at("/tooFew").asBoolean()).isTrue();
		assertThat(evidence.at("/findings").size()).isZero();
	}

	@Test
	void staffOfAnotherUnitSeeNothing() {
		attempt(0, 20, 2);
		for (int n = 1; n < 6; n++) {
			attempt(n * 1_000, 400, n);
		}
		this.clock.advance(Duration.ofDays(2));
		UUID other = this.database.sql("""
				SELECT id FROM unit u
				WHERE key <> 'audit' AND NOT EXISTS (SELECT 1 FROM unit c WHERE c.parent_id = u.id) LIMIT 1
				""").mapValue(UUID.class).one().block(QuizFixtures.PATIENCE);
		Consumer<HttpHeaders> elsewhere = this.sessions
			.as(new CurrentStaff(UUID.randomUUID(), UUID.randomUUID(), "unit", Set.of("QUIZ_AUTHOR"), Set.of(other)));
		assertThat(evidence(elsewhere).at("/findings").size()).isZero();
	}

	/** Everybody answers within ten minutes, as at noon of the last day. */
	@Test
	void aWholeCityIsLookedThroughInOneGo() throws SQLException {
		attempt(0, 20, 2);
		aWholeCityAnswers();
		JsonNode findings = over().at("/findings");
		assertThat(findings.size()).isEqualTo(1);
		assertThat(findings.at("/0/kind").asString()).isEqualTo("PACE");
	}

	/** Most leave a blank wrong, and many in the same way. */
	@Test
	void aWholeCityThatWritesIsLookedThroughInOneGo() {
		aWrittenRound();
		write(0, 10, "1921\n甲");
		this.fixtures.run(
				"""
						WITH attempt AS (
						  INSERT INTO quiz_attempts (id, round_id, member_id, number, started_at, deadline, submitted_at, closed_by,
						                             correct, score, passed)
						  SELECT gen_random_uuid(), :round, gen_random_uuid(), 1, timestamptz '2026-11-01 09:00+08', now(),
						         timestamptz '2026-11-01 09:20+08', 'MEMBER', 0, 0, false
						  FROM generate_series(1, 4000)
						  RETURNING id
						)
						INSERT INTO quiz_answers (attempt_id, question_id, options, text, credit, version, saved_at)
						SELECT a.id, q.question_id, 0, (1919 + (random() * 3)::int) || chr(10) || '错' || (random() * 5)::int, 0, 1,
						       timestamptz '2026-11-01 09:00+08' + random() * interval '10 minutes'
						FROM attempt a JOIN quiz_round_questions q ON q.round_id = :round
						""",
				Map.of("round", this.round));
		JsonNode findings = over().at("/findings");
		assertThat(findings.size()).isEqualTo(1);
		assertThat(findings.at("/0/kind").asString()).isEqualTo("PACE");
	}

	@Test
	void whileTheRoundRunsNothingIsShown() {
		this.client.get()
			.uri("/api/admin/v1/quizzes/{id}/fairness", this.round)
			.headers(everywhere())
			.exchange()
			.expectStatus()
			.isEqualTo(409);
	}

	@Test
	void nothingFollowsByItselfAndEachLookIsAudited() {
		attempt(0, 20, 2);
		for (int n = 1; n < 6; n++) {
			attempt(n * 1_000, 400, n);
		}
		String before = scores();
		over();
		assertThat(scores()).isEqualTo(before);
		assertThat(this.fixtures.count(
				"SELECT count(*) FROM audit_entry WHERE action = 'quiz.fairness.read' AND subject = :id::text",
				this.round))
			.isEqualTo(1);
	}

	/** As the owner, whose statements may take as long as they take. */
	private void aWholeCityAnswers() throws SQLException {
		try (Connection owner = DriverManager.getConnection(this.jdbcUrl, "qingfeng", TestServers.postgres()
			.password()); PreparedStatement insert = owner.prepareStatement("""
					WITH attempt AS (
					  INSERT INTO quiz_attempts (id, round_id, member_id, number, started_at, deadline, submitted_at,
					                             closed_by, correct, score, passed)
					  SELECT gen_random_uuid(), ?, gen_random_uuid(), 1, timestamptz '2026-11-01 09:00+08', now(),
					         timestamptz '2026-11-01 09:20+08', 'MEMBER', 0, 0, false
					  FROM generate_series(1, 4000)
					  RETURNING id
					)
					INSERT INTO quiz_answers (attempt_id, question_id, options, version, saved_at)
					SELECT a.id, q.question_id, 1 + (random() * 3)::int, 1,
					       timestamptz '2026-11-01 09:00+08' + random() * interval '10 minutes'
					FROM attempt a JOIN quiz_round_questions q ON q.round_id = ?
					""")) {
			insert.setObject(1, this.round);
			insert.setObject(2, this.round);
			insert.executeUpdate();
		}
	}

	/** A paper begun so many seconds from now, with one answer after the other. */
	private void attempt(int fromNow, int seconds, int options) {
		UUID attempt = UUID.randomUUID();
		this.fixtures.run(
				"""
						INSERT INTO quiz_attempts (id, round_id, member_id, number, started_at, deadline, submitted_at, closed_by,
						                           correct, score, passed)
						VALUES (:id, :round, :member, 1, timestamptz '2026-11-01 09:00+08' + :from * interval '1 second',
						        now(), timestamptz '2026-11-01 09:00+08' + (:from + :seconds) * interval '1 second', 'MEMBER',
						        0, 0, false)
						""",
				Map.of("id", attempt, "round", this.round, "member", this.members.add("测试").id(), "from", fromNow,
						"seconds", seconds));
		this.fixtures.run("""
				INSERT INTO quiz_answers (attempt_id, question_id, options, version, saved_at)
				SELECT :id, question_id, :options, 1,
				       timestamptz '2026-11-01 09:00+08' + (:from + :each * row_number() OVER (ORDER BY question_id))
				                                           * interval '1 second'
				FROM quiz_round_questions
				WHERE round_id = :round
				""", Map.of("id", attempt, "round", this.round, "options", options, "from", fromNow, "each",
				seconds / 20.0));
	}

	private void aWrittenRound() {
		UUID bank = this.fixtures.bank(0, "fair-written");
		for (int n = 0; n < 10; n++) {
			this.fixtures.write(bank, "FILL_IN", "第" + n + "题：____年，____。",
					List.of(QuizFixtures.part(1, "1921"), QuizFixtures.part(1, "民主")));
		}
		this.round = this.fixtures.published(this.fixtures.draft(bank, 10));
	}

	/** The same text everywhere. */
	private void write(int fromNow, int seconds, String text) {
		attempt(fromNow, seconds, 0);
		this.fixtures.run("""
				UPDATE quiz_answers s
				SET text = :text, credit = 0
				FROM quiz_attempts a
				WHERE a.id = s.attempt_id AND a.round_id = :round AND s.text IS NULL
				""", Map.of("text", text, "round", this.round));
	}

	/** Begins and hands in, as a phone with that name. */
	private void begun(String phone) {
		Consumer<HttpHeaders> session = this.sessions.member(UUID.randomUUID(), this.members.add("测试").id())
			.andThen((headers) -> headers.set(HttpHeaders.USER_AGENT, phone));
		String id = QuizFixtures
			.json(this.client.post()
				.uri("/api/v1/quizzes/{id}/attempts", this.round)
				.headers(session)
				.exchange()
				.expectStatus()
				.isCreated()
				.expectBody(Map.class)
				.returnResult())
			.get("id")
			.toString();
		this.client.post()
			.uri("/api/v1/attempts/{id}/submission", id)
			.headers(session)
			.exchange()
			.expectStatus()
			.isOk();
	}

	private byte[] mark(UUID round) {
		return this.database.sql("SELECT origin FROM quiz_attempts WHERE round_id = :id")
			.bind("id", round)
			.mapValue(byte[].class)
			.one()
			.block(QuizFixtures.PATIENCE);
	}

	private String scores() {
		List<String> scores = this.database
			.sql("SELECT id || ' ' || score || ' ' || passed FROM quiz_attempts WHERE round_id = :id ORDER BY id")
			.bind("id", this.round)
			.mapValue(String.class)
			.all()
			.collectList()
			.block(QuizFixtures.PATIENCE);
		return String.valueOf(scores);
	}

	private JsonNode over() {
		this.clock.advance(Duration.ofDays(2));
		return evidence(everywhere());
	}

	private JsonNode evidence(Consumer<HttpHeaders> staff) {
		return this.json.readTree(this.client.get()
			.uri("/api/admin/v1/quizzes/{id}/fairness", this.round)
			.headers(staff)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBodyContent());
	}

	private Consumer<HttpHeaders> everywhere() {
		return this.sessions.staff("QUIZ_AUTHOR");
	}

}
