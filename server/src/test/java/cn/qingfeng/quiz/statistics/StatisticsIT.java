package cn.qingfeng.quiz.statistics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

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
	void aWrittenQuestionIsJudgedByTheMarksThatItsAnswersGot() {
		aWrittenRound();
		UUID last = null;
		for (int n = 0; n < 20; n++) {
			last = this.fixtures.handedIn(this.fixtures.member(), this.round,
					Map.of("FILL_IN", (n < 5) ? "1921\n民主集中制" : "１９２２\n 民主 集中制", "SHORT",
							(n < 10) ? "先民主，后集中" : (n < 19) ? "只讲民主" : "我叫胡秋林"));
		}
		this.clock.advance(Duration.ofDays(2));
		JsonNode blanks = question("FILL_IN");
		assertThat(blanks.at("/easiness").asDouble()).isEqualTo(0.625);
		assertThat(blanks.at("/discrimination").asDouble()).isEqualTo(0.5);
		assertThat(blanks.at("/right").asInt()).isEqualTo(5);
		assertThat(blanks.at("/options").size()).isZero();
		assertThat(credits(blanks)).isEqualTo("0-0:0 1-24:0 25-49:0 50-74:15 75-99:0 100-100:5");
		assertThat(blanks.at("/wrongTexts")).hasSize(1);
		assertThat(blanks.at("/wrongTexts/0").toString()).isEqualTo("{\"blank\":1,\"text\":\"1922\",\"members\":15}");
		JsonNode words = question("SHORT");
		assertThat(words.at("/easiness").asDouble()).isEqualTo((10 + 9 * 0.75) / 20);
		assertThat(credits(words)).as("one and nine would tell of the one")
			.isEqualTo("0-0:null 1-24:0 25-49:0 50-74:0 75-99:null 100-100:10");
		assertThat(words.at("/wrongTexts").toString()).contains("只讲民主").doesNotContain("胡秋林");
		mark(last, words.at("/questionId").asString());
		assertThat(credits(question("SHORT"))).isEqualTo("0-0:0 1-24:0 25-49:0 50-74:0 75-99:9 100-100:11");
	}

	@Test
	void whatFewWroteIsNotToldWhateverTheyWriteTogether() {
		aWrittenRound();
		for (int n = 0; n < 9; n++) {
			this.fixtures.handedIn(this.fixtures.member(), this.round,
					Map.of("FILL_IN", (n < 4) ? "1922\n错" : "\n错" + n));
		}
		this.clock.advance(Duration.ofDays(2));
		JsonNode blanks = question("FILL_IN");
		assertThat(blanks.at("/answered").asInt()).isEqualTo(9);
		assertThat(blanks.at("/wrongTexts").size()).isZero();
	}

	@Test
	void nothingIsWrongOfAQuestionThatWasGivenToAll() {
		aWrittenRound();
		for (int n = 0; n < 6; n++) {
			this.fixtures.handedIn(this.fixtures.member(), this.round, Map.of("FILL_IN", "1922\n别的"));
		}
		this.fixtures.run(
				"UPDATE quiz_round_keys SET everyone_right = true WHERE round_id = :round AND jsonb_array_length(parts) > 0",
				Map.of("round", this.round));
		this.clock.advance(Duration.ofDays(2));
		JsonNode blanks = question("FILL_IN");
		assertThat(blanks.at("/easiness").asDouble()).isEqualTo(1);
		assertThat(blanks.at("/wrongTexts").size()).isZero();
	}

	@Test
	void aChoiceHasNoPartsOfItsMarks() {
		for (int n = 0; n < 6; n++) {
			answered(2, true);
		}
		this.clock.advance(Duration.ofDays(2));
		JsonNode question = statistics().at("/questions/0");
		assertThat(question.at("/credits").size() + question.at("/wrongTexts").size()).isZero();
	}

	@Test
	void whileTheRoundRunsItsStatisticsWouldTellTheKey() {
		get().expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:quiz-running");
	}

	private void aWrittenRound() {
		UUID bank = this.fixtures.bank(0, "written-figures");
		this.fixtures.write(bank, "FILL_IN", "党于____年成立，实行____。",
				List.of(QuizFixtures.part(1, "1921"), QuizFixtures.part(1, "民主集中制")));
		this.fixtures.write(bank, "SHORT", "谈谈民主集中制。", List.of(QuizFixtures.part(3, "民主"), QuizFixtures.part(1, "集中")));
		this.round = this.fixtures.published(this.fixtures.draft(bank, 2));
	}

	private JsonNode question(String kind) {
		return statistics().at("/questions")
			.valueStream()
			.filter((one) -> one.at("/kind").asString().equals(kind))
			.findFirst()
			.orElseThrow();
	}

	private static String credits(JsonNode question) {
		return question.at("/credits")
			.valueStream()
			.map((band) -> band.at("/from") + "-" + band.at("/to") + ":" + band.at("/answers"))
			.collect(Collectors.joining(" "));
	}

	private void mark(UUID attempt, String question) {
		this.client.put()
			.uri("/api/admin/v1/attempts/{id}/short-answers/{question}", attempt, question)
			.headers(this.sessions.staff("QUIZ_AUTHOR"))
			.bodyValue(Map.of("percent", 100, "reason", "意思全对"))
			.exchange()
			.expectStatus()
			.isOk();
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
