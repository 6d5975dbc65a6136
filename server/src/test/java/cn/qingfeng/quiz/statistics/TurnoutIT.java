package cn.qingfeng.quiz.statistics;

import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestSessions;
import cn.qingfeng.quiz.QuizFixtures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

@QingfengIT
class TurnoutIT {

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private TestClock clock;

	private QuizFixtures fixtures;

	private UUID round;

	@BeforeEach
	void aRoundOfTwoAttempts() {
		this.fixtures = new QuizFixtures(this.client, this.sessions, this.database, this.clock);
		Map<String, Object> draft = this.fixtures.draft(this.fixtures.bank(1, "turnout"), 1);
		draft.put("attempts", 2);
		this.round = this.fixtures.published(draft);
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void eachPaperAndEachMemberIsCountedOnceWhileTheRoundRuns() {
		for (int n = 0; n < 4; n++) {
			submit(this.fixtures.member());
		}
		turnout().jsonPath("$.members").isEmpty().jsonPath("$.attempts").isEmpty();
		Consumer<HttpHeaders> eager = this.fixtures.member();
		UUID first = submit(eager);
		submitAgain(eager, first);
		submit(eager);
		turnout().jsonPath("$.members").isEqualTo(5).jsonPath("$.attempts").isEqualTo(6);
	}

	@Test
	void aDraftHasNoTurnout() {
		UUID draft = this.fixtures.created(this.fixtures.draft(this.fixtures.bank(1, "turnout-draft"), 1));
		this.client.get()
			.uri("/api/admin/v1/quizzes/{round}/turnout", draft)
			.headers(this.sessions.staff("QUIZ_AUTHOR"))
			.exchange()
			.expectStatus()
			.isNotFound();
	}

	private UUID submit(Consumer<HttpHeaders> member) {
		Map<?, ?> attempt = QuizFixtures.json(this.client.post()
			.uri("/api/v1/quizzes/{round}/attempts", this.round)
			.headers(member)
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(Map.class)
			.returnResult());
		UUID id = UUID.fromString(String.valueOf(attempt.get("id")));
		submitAgain(member, id);
		return id;
	}

	private void submitAgain(Consumer<HttpHeaders> member, UUID attempt) {
		this.client.post()
			.uri("/api/v1/attempts/{id}/submission", attempt)
			.headers(member)
			.exchange()
			.expectStatus()
			.isOk();
	}

	private WebTestClient.BodyContentSpec turnout() {
		return this.client.get()
			.uri("/api/admin/v1/quizzes/{round}/turnout", this.round)
			.headers(this.sessions.staff("QUIZ_AUTHOR"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody();
	}

}
