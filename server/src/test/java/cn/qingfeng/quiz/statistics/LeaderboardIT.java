package cn.qingfeng.quiz.statistics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestMembers.TestMember;
import cn.qingfeng.TestSessions;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.quiz.QuizFixtures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

@QingfengIT
class LeaderboardIT {

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

	private QuizFixtures fixtures;

	private UUID round;

	private TestMember me;

	@BeforeEach
	void aRound() {
		this.fixtures = new QuizFixtures(this.client, this.sessions, this.database, this.clock);
		this.round = this.fixtures.published(this.fixtures.draft(this.fixtures.bank(1, "ranked"), 1));
		this.me = this.members.add("王小明");
		handedIn(this.me.id(), 1, 60);
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void byDefaultThereIsNoneWhateverTheRound() {
		fourMore();
		this.clock.advance(Duration.ofDays(2));
		get(this.round).expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:not-found");
		get(UUID.randomUUID()).expectStatus().isNotFound();
	}

	@Test
	void withAnExceptionTheBestPapersAreRankedAndNamesMasked() {
		whileRankingsAreAllowed(() -> {
			fourMore();
			handedIn(this.me.id(), 2, 90);
			get(this.round).expectStatus()
				.isEqualTo(409)
				.expectBody()
				.jsonPath("$.type")
				.isEqualTo("urn:qingfeng:problem:quiz-running");
			this.clock.advance(Duration.ofDays(2));
			get(this.round).expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.suppressed")
				.isEqualTo(false)
				.jsonPath("$.items.length()")
				.isEqualTo(5)
				.jsonPath("$.items[0].name")
				.isEqualTo("王**")
				.jsonPath("$.items[0].mine")
				.isEqualTo(true)
				.jsonPath("$.items[*].score")
				.isEqualTo(List.of(90, 80, 80, 80, 80))
				.jsonPath("$.items[*].rank")
				.isEqualTo(List.of(1, 2, 2, 2, 2))
				.jsonPath("$.items[1].name")
				.isEqualTo("已注销");
			get(UUID.randomUUID()).expectStatus().isNotFound();
		});
		get(this.round).expectStatus().isNotFound();
	}

	@Test
	void fewerThanFiveAreNotShownEvenThen() {
		whileRankingsAreAllowed(() -> {
			this.clock.advance(Duration.ofDays(2));
			get(this.round).expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.suppressed")
				.isEqualTo(true)
				.jsonPath("$.items.length()")
				.isEqualTo(0);
		});
	}

	/** Of people who are not on the roster any more. */
	private void fourMore() {
		for (int i = 0; i < 4; i++) {
			handedIn(UUID.randomUUID(), 1, 80);
		}
	}

	private void handedIn(UUID member, int number, int score) {
		this.fixtures.run(
				"""
						INSERT INTO quiz_attempts (id, round_id, member_id, number, started_at, deadline, submitted_at, closed_by,
						                           correct, score, passed)
						VALUES (gen_random_uuid(), :round, :member, :number, now(), now(), now(), 'MEMBER', 0, :score, true)
						""",
				Map.of("round", this.round, "member", member, "number", number, "score", score));
	}

	private WebTestClient.ResponseSpec get(UUID id) {
		return this.client.get()
			.uri("/api/v1/quizzes/{id}/leaderboard", id)
			.headers(this.sessions.member(UUID.randomUUID(), this.me.id()))
			.exchange();
	}

	/** The other tests of the shared server expect them to be off again. */
	private void whileRankingsAreAllowed(Runnable work) {
		String exception = allowRankings();
		try {
			work.run();
		}
		finally {
			this.clock.reset();
			decide(exception, "revocation", Map.of("reason", "用完了"));
		}
	}

	private String allowRankings() {
		Map<?, ?> asked = this.client.post()
			.uri("/api/admin/v1/policy")
			.headers(this.sessions.staff("ADMIN"))
			.bodyValue(Map.of("rule", "RANKINGS", "reason", "测试需要", "lastDay",
					BusinessTime.today(this.clock).plusDays(30).toString()))
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody();
		String id = String.valueOf(Objects.requireNonNull(asked).get("id"));
		decide(id, "approval", null);
		decide(id, "approval", null);
		return id;
	}

	private void decide(String id, String decision, @Nullable Map<String, String> body) {
		WebTestClient.RequestBodySpec request = this.client.post()
			.uri("/api/admin/v1/policy/{id}/{decision}", id, decision)
			.headers(this.sessions.staff("APPROVER"));
		((body != null) ? request.bodyValue(body) : request).exchange().expectStatus().isOk();
	}

}
