package cn.qingfeng.quiz.statistics;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

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
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class StatisticsIT {

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

	private UUID round;

	@BeforeEach
	void aRoundOfOneQuestion() {
		this.fixtures = new QuizFixtures(this.client, this.sessions, this.database, this.clock);
		this.round = this.fixtures.published(this.fixtures.draft(this.fixtures.bank(1, "figures"), 1));
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void aRoundIsTakenApartQuestionByQuestion() {
		for (int n = 0; n < 12; n++) {
			answered((n < 6) ? 2 : 1, n < 6);
		}
		this.clock.advance(Duration.ofDays(2));
		JsonNode figures = statistics();
		assertThat(figures.at("/participants").asInt()).isEqualTo(12);
		assertThat(figures.at("/passed").asInt()).isEqualTo(6);
		assertThat(figures.at("/averageScore").asDouble()).isEqualTo(50);
		assertThat(figures.at("/bands").size()).isEqualTo(10);
		assertThat(figures.at("/bands/0/attempts").asInt()).isEqualTo(6);
		assertThat(figures.at("/bands/9/attempts").asInt()).isEqualTo(6);
		assertThat(figures.at("/bands/9/to").asInt()).isEqualTo(100);
		JsonNode question = figures.at("/questions/0");
		assertThat(question.at("/answered").asInt()).isEqualTo(12);
		assertThat(question.at("/right").asInt()).isEqualTo(6);
		assertThat(question.at("/easiness").asDouble()).isEqualTo(0.5);
		assertThat(question.at("/options/0/chosen").asInt()).isEqualTo(6);
		assertThat(question.at("/options/1/chosen").asInt()).isEqualTo(6);
		assertThat(question.at("/options/1/right").asBoolean()).isTrue();
		assertThat(question.at("/options/2/chosen").asInt()).isZero();
	}

	@Test
	void aFewAmongManyAreNotShownEither() {
		for (int n = 0; n < 9; n++) {
			answered((n < 6) ? 2 : 1, n < 6);
		}
		this.fixtures.run(
				"DELETE FROM quiz_answers WHERE attempt_id IN "
						+ "(SELECT id FROM quiz_attempts WHERE round_id = :round ORDER BY id LIMIT 5)",
				Map.of("round", this.round));
		this.clock.advance(Duration.ofDays(2));
		JsonNode figures = statistics();
		assertThat(figures.at("/participants").asInt()).isEqualTo(9);
		assertThat(figures.at("/passed").isNull()).isTrue();
		assertThat(figures.at("/bands/0/attempts").isNull()).isTrue();
		assertThat(figures.at("/bands/9/attempts").isNull()).isTrue();
		assertThat(figures.at("/bands/5/attempts").asInt(-1)).isZero();
		assertThat(figures.at("/questions").size()).isZero();
	}

	@Test
	void fewerThanFiveAreNotShown() {
		answered(2, true);
		this.clock.advance(Duration.ofDays(2));
		JsonNode figures = statistics();
		assertThat(figures.at("/suppressed").asBoolean()).isTrue();
		assertThat(figures.at("/participants").asInt()).isZero();
		assertThat(figures.at("/questions").size()).isZero();
	}

	@Test
	void manyPapersOfOneMemberAreOneMember() {
		UUID again = UUID.randomUUID();
		for (int number = 1; number <= 6; number++) {
			answered(again, number, 1, false);
		}
		for (int n = 0; n < 9; n++) {
			answered(2, true);
		}
		this.clock.advance(Duration.ofDays(2));
		JsonNode figures = statistics();
		assertThat(figures.at("/participants").asInt()).isEqualTo(10);
		assertThat(figures.at("/passed").isNull()).isTrue();
		assertThat(figures.at("/bands/0/attempts").isNull()).isTrue();
		assertThat(figures.at("/questions/0/right").isNull()).isTrue();
		assertThat(figures.at("/questions/0/options/0/chosen").isNull()).isTrue();
	}

	@Test
	void whileTheRoundRunsItsStatisticsWouldTellTheKey() {
		get().expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:quiz-running");
	}

	/** The question is single choice and its second option right. */
	private void answered(int options, boolean right) {
		answered(UUID.randomUUID(), 1, options, right);
	}

	private void answered(UUID member, int number, int options, boolean right) {
		UUID attempt = UUID.randomUUID();
		this.fixtures.run(
				"""
						INSERT INTO quiz_attempts (id, round_id, member_id, number, started_at, deadline, submitted_at, closed_by,
						                           correct, score, passed)
						VALUES (:id, :round, :member, :number, now(), now(), now(), 'MEMBER', :correct, :score, :passed)
						""",
				Map.of("id", attempt, "round", this.round, "member", member, "number", number, "correct", right ? 1 : 0,
						"score", right ? 100 : 0, "passed", right));
		this.fixtures.run("""
				INSERT INTO quiz_answers (attempt_id, question_id, options, version, saved_at)
				SELECT :id, question_id, :options, 1, now() FROM quiz_round_questions WHERE round_id = :round
				""", Map.of("id", attempt, "round", this.round, "options", options));
	}

	private JsonNode statistics() {
		return this.json.readTree(get().expectStatus().isOk().expectBody().returnResult().getResponseBodyContent());
	}

	private WebTestClient.ResponseSpec get() {
		return this.client.get()
			.uri("/api/admin/v1/quizzes/{round}/statistics", this.round)
			.headers(this.sessions.staff("QUIZ_AUTHOR"))
			.exchange();
	}

}
