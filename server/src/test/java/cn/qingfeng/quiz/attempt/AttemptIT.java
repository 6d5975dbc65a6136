package cn.qingfeng.quiz.attempt;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestServers;
import cn.qingfeng.TestSessions;
import cn.qingfeng.quiz.QuizFixtures;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class AttemptIT {

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
	private Submissions submissions;

	@Autowired
	private MeterRegistry meters;

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
	void aMemberAnswersSubmitsAndSeesTheReview() {
		UUID round = round(6, 6, "flow");
		JsonNode attempt = start(round);
		answerRightly(attempt);
		JsonNode resumed = ok(HttpMethod.GET, "/api/v1/attempts/" + id(attempt), null);
		assertThat(resumed.at("/state").asString()).isEqualTo("open");
		assertThat(resumed.at("/questions")).isEqualTo(attempt.at("/questions"));
		assertThat(resumed.at("/answers").size()).isEqualTo(6);
		assertThat(resumed.at("/result").isNull()).isTrue();
		JsonNode result = ok(HttpMethod.POST, "/api/v1/attempts/" + id(attempt) + "/submission", null);
		assertThat(result.at("/score").asInt()).isEqualTo(100);
		assertThat(result.at("/total").asInt()).isEqualTo(100);
		assertThat(result.at("/correct").asInt()).isEqualTo(6);
		assertThat(result.at("/passed").asBoolean()).isTrue();
		assertThat(result.at("/review/questions").size()).isEqualTo(6);
		assertThat(result.at("/review/questions/0/explanation").asString()).contains("KEYflow");
		JsonNode closed = ok(HttpMethod.GET, "/api/v1/attempts/" + id(attempt), null);
		assertThat(closed.at("/state").asString()).isEqualTo("submitted");
		assertThat(closed.at("/result")).isEqualTo(result);
		JsonNode mine = ok(HttpMethod.GET, "/api/v1/me/attempts", null);
		assertThat(mine.at("/items/0/id").asString()).isEqualTo(id(attempt));
		assertThat(mine.at("/items/0/score").asInt()).isEqualTo(100);
		JsonNode quiz = ok(HttpMethod.GET, "/api/v1/quizzes/" + round, null);
		assertThat(quiz.at("/bestScore").asInt()).isEqualTo(100);
		assertThat(quiz.at("/attemptsUsed").asInt()).isEqualTo(1);
		assertThat(quiz.at("/openAttemptId").isNull()).isTrue();
	}

	@Test
	void thePaperAloneIsTheSameEveryTimeAndIsNotSentTwice() {
		JsonNode attempt = start(round(4, 6, "paper"));
		String uri = "/api/v1/attempts/" + id(attempt) + "/paper";
		JsonNode paper = ok(HttpMethod.GET, uri, null);
		assertThat(paper.at("/attemptId").asString()).isEqualTo(id(attempt));
		assertThat(paper.at("/quizId")).isEqualTo(attempt.at("/quizId"));
		assertThat(paper.at("/questions")).isEqualTo(attempt.at("/questions"));
		String tag = Objects
			.requireNonNull(call(HttpMethod.GET, uri, null).expectBody().returnResult().getResponseHeaders().getETag());
		this.client.get()
			.uri(uri)
			.headers(this.member)
			.header(HttpHeaders.IF_NONE_MATCH, tag)
			.exchange()
			.expectStatus()
			.isNotModified();
		problem(call(HttpMethod.GET, "/api/v1/attempts/none/paper", null), 404, "not-found");
	}

	@Test
	void aPaperIsTheSameByTheShortAndTheLongWay() {
		JsonNode attempt = start(round(4, 6, "ready"));
		requireSameByBothWays("paper", HttpMethod.GET, "/api/v1/attempts/" + id(attempt) + "/paper");
	}

	@Test
	void aResultIsTheSameByTheShortAndTheLongWay() {
		JsonNode attempt = start(round(4, 6, "short"));
		requireSameByBothWays("submission", HttpMethod.POST, "/api/v1/attempts/" + id(attempt) + "/submission");
	}

	@Test
	void theFirstRequestOfASessionMayGoTheShortWay() {
		UUID id = UUID.randomUUID();
		this.member = this.sessions.member(UUID.randomUUID(), id);
		String uri = "/api/v1/attempts/" + id(start(round(4, 6, "first"))) + "/paper";
		double before = gone("paper");
		callAs(this.sessions.member(UUID.randomUUID(), id), HttpMethod.GET, uri, null).expectStatus().isOk();
		assertThat(gone("paper")).isEqualTo(before + 1);
	}

	/** A request with a condition goes the long way. */
	private void requireSameByBothWays(String way, HttpMethod method, String uri) {
		String condition = (method != HttpMethod.GET) ? HttpHeaders.IF_MATCH : HttpHeaders.IF_NONE_MATCH;
		double before = gone(way);
		EntityExchangeResult<byte[]> shortWay = call(method, uri, null).expectStatus()
			.isOk()
			.expectBody()
			.returnResult();
		assertThat(gone(way)).isEqualTo(before + 1);
		EntityExchangeResult<byte[]> longWay = callAs(
				this.member.andThen((headers) -> headers.set(condition, "\"other\"")), method, uri, null)
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult();
		assertThat(gone(way)).isEqualTo(before + 1);
		assertThat(shortWay.getResponseBodyContent()).isEqualTo(longWay.getResponseBodyContent());
		assertThat(answered(shortWay)).isEqualTo(answered(longWay));
	}

	@Test
	void noShortWayLeadsToAForeignPaper() {
		JsonNode attempt = start(round(4, 6, "unready"));
		String uri = "/api/v1/attempts/" + id(attempt) + "/paper";
		double before = gone("paper");
		requireRefusedToOthers(HttpMethod.GET, uri);
		problem(callAs((headers) -> headers.setBasicAuth("a", "b"), HttpMethod.GET, uri, null), 401, "unauthenticated");
		problem(callAs(this.member, HttpMethod.DELETE, uri, null), 405, "method-not-allowed");
		assertThat(gone("paper")).isEqualTo(before);
	}

	@Test
	void noShortWayHandsInForSomebodyElse() {
		JsonNode attempt = start(round(4, 6, "foreign"));
		String uri = "/api/v1/attempts/" + id(attempt) + "/submission";
		double before = gone("submission");
		requireRefusedToOthers(HttpMethod.POST, uri);
		String session = bearer(this.member);
		problem(callAs((headers) -> headers.add(HttpHeaders.COOKIE, "qf_session=" + session), HttpMethod.POST, uri,
				null), 403, "csrf");
		problem(call(HttpMethod.POST, "/api/v1/attempts/" + "x".repeat(36) + "/submission", null), 404, "not-found");
		assertThat(gone("submission")).isEqualTo(before);
		JsonNode open = ok(HttpMethod.GET, "/api/v1/attempts/" + id(attempt), null);
		assertThat(open.at("/state").asString()).isEqualTo("open");
	}

	private void requireRefusedToOthers(HttpMethod method, String uri) {
		problem(callAs(this.fixtures.member(), method, uri, null), 404, "not-found");
		problem(callAs(this.sessions.account(UUID.randomUUID()), method, uri, null), 403, "not-bound");
		problem(callAs((headers) -> headers.setBearerAuth("nobody"), method, uri, null), 401, "unauthenticated");
		problem(callAs(this.sessions.staff("QUIZ_AUTHOR"), method, uri, null), 401, "unauthenticated");
	}

	private static String bearer(Consumer<HttpHeaders> session) {
		HttpHeaders headers = new HttpHeaders();
		session.accept(headers);
		return Objects.requireNonNull(headers.getFirst(HttpHeaders.AUTHORIZATION)).substring("Bearer ".length());
	}

	private double gone(String way) {
		return this.meters.counter("qingfeng.short.way", "way", way).count();
	}

	/** What differs from one answer to the next left out. */
	private static Map<String, List<String>> answered(EntityExchangeResult<byte[]> answer) {
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		answer.getResponseHeaders().forEach(headers::put);
		assertThat(headers.remove("X-Trace-Id")).hasSize(1);
		return headers;
	}

	@Test
	void aWrongAndAMissingAnswerScoreNothing() {
		JsonNode attempt = start(round(4, 4, "wrong"));
		JsonNode first = attempt.at("/questions/0");
		save(attempt, first, List.of(first.at("/options/0/id").asString()), null).expectStatus().isNoContent();
		save(attempt, first, List.of(), null).expectStatus().isNoContent();
		JsonNode result = ok(HttpMethod.POST, "/api/v1/attempts/" + id(attempt) + "/submission", null);
		assertThat(result.at("/score").asInt()).isZero();
		assertThat(result.at("/passed").asBoolean()).isFalse();
		assertThat(result.at("/review/questions/0/correct").asBoolean()).isFalse();
	}

	@Test
	void twentyStartsAtOnceBeginOneAttempt() throws Exception {
		UUID round = round(5, 8, "starts");
		List<EntityExchangeResult<byte[]>> answers = atOnce(20,
				() -> call(HttpMethod.POST, "/api/v1/quizzes/" + round + "/attempts", null).expectBody()
					.returnResult());
		assertThat(answers.stream().map((answer) -> answer.getStatus().value())).containsOnly(200, 201)
			.filteredOn((status) -> status == 201)
			.hasSize(1);
		assertThat(answers.stream().map(this::read).map(AttemptIT::id).distinct()).hasSize(1);
		assertThat(this.fixtures.count("SELECT count(*) FROM quiz_attempts WHERE round_id = :id", round)).isEqualTo(1);
	}

	@Test
	void aRepeatedStartWithItsKeyGivesTheFirstAnswerAgain() {
		UUID round = round(3, 3, "key");
		Consumer<HttpHeaders> keyed = this.member.andThen((headers) -> headers.set("Idempotency-Key", "start-1"));
		byte[] first = startAs(keyed, round);
		assertThat(startAs(keyed, round)).isEqualTo(first);
	}

	@Test
	void submittingTwentyTimesAtOnceGivesOneResult() throws Exception {
		UUID round = round(5, 5, "submits");
		JsonNode attempt = start(round);
		answerRightly(attempt);
		List<EntityExchangeResult<byte[]>> answers = atOnce(20,
				() -> call(HttpMethod.POST, "/api/v1/attempts/" + id(attempt) + "/submission", null).expectBody()
					.returnResult());
		assertThat(answers).allMatch((answer) -> answer.getStatus().value() == 200);
		assertThat(answers.stream().map(this::read).distinct()).hasSize(1);
		assertThat(this.fixtures.count("""
				SELECT count(*) FROM quiz_attempts WHERE round_id = :id AND submitted_at IS NOT NULL AND correct = 5
				""", round)).isEqualTo(1);
	}

	@Test
	void answersAndTheSubmissionRaceWithoutLosingAnAcknowledgedAnswer() throws Exception {
		for (int n = 0; n < 5; n++) {
			this.member = this.fixtures.member();
			JsonNode attempt = start(round(20, 20, "race"));
			Map<String, List<String>> key = key(attempt);
			List<Callable<Integer>> calls = new ArrayList<>();
			attempt.at("/questions")
				.forEach((question) -> calls
					.add(() -> save(attempt, question, key.get(question.at("/id").asString()), null)
						.returnResult(Void.class)
						.getStatus()
						.value()));
			calls.add(10,
					() -> call(HttpMethod.POST, "/api/v1/attempts/" + id(attempt) + "/submission", null)
						.returnResult(byte[].class)
						.getStatus()
						.value());
			List<Integer> statuses = atOnce(calls);
			long saved = statuses.stream().filter((status) -> status == 204).count();
			JsonNode result = ok(HttpMethod.POST, "/api/v1/attempts/" + id(attempt) + "/submission", null);
			assertThat(statuses).isSubsetOf(200, 204, 409);
			assertThat(result.at("/correct").asLong()).isEqualTo(saved);
		}
	}

	@Test
	void aHundredMembersAtOnceAreEachScoredOnce() throws Exception {
		UUID round = round(5, 15, "burst");
		List<Callable<Integer>> members = Collections.nCopies(100, () -> score(this.fixtures.member(), round));
		assertThat(atOnce(members)).hasSize(100).containsOnly(100);
		assertThat(this.fixtures.count("""
				SELECT count(*) FROM quiz_attempts WHERE round_id = :id AND score = 100
				""", round)).isEqualTo(100);
		assertThat(this.fixtures.count("""
				SELECT count(*) FROM quiz_answers s JOIN quiz_attempts a ON a.id = s.attempt_id WHERE a.round_id = :id
				""", round)).isEqualTo(500);
	}

	@Test
	void deadlinesAreKeptOnceWhoeverLooks() {
		UUID round = round(3, 3, "nodes");
		for (int n = 0; n < 5; n++) {
			this.member = this.fixtures.member();
			answerRightly(start(round));
		}
		this.clock.advance(Duration.ofMinutes(31));
		Mono.when(Collections.nCopies(4, this.submissions.closeOverdue())).block(QuizFixtures.PATIENCE);
		await("SELECT bool_and(score = 100) IS TRUE FROM quiz_attempts WHERE round_id = :id", round);
	}

	@Test
	void anAcknowledgedAnswerIsThereForANewConnection() throws Exception {
		JsonNode attempt = start(round(3, 3, "durable"));
		answerRightly(attempt);
		String name = this.database.sql("SELECT current_database()")
			.mapValue(String.class)
			.one()
			.block(QuizFixtures.PATIENCE);
		try (Connection connection = DriverManager.getConnection(TestServers.postgres().jdbcUrl(name),
				TestServers.postgres().user(), TestServers.postgres().password());
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(
						"SELECT count(*) FROM quiz_answers WHERE attempt_id = '" + id(attempt) + "' AND options > 0")) {
			rows.next();
			assertThat(rows.getInt(1)).isEqualTo(3);
		}
	}

	@Test
	void anAnswerThatChangesWhileTheSubmissionWaitsCounts() throws Exception {
		JsonNode attempt = start(round(3, 3, "waiting"));
		answerRightly(attempt);
		String name = this.database.sql("SELECT current_database()")
			.mapValue(String.class)
			.one()
			.block(QuizFixtures.PATIENCE);
		try (Connection connection = DriverManager.getConnection(TestServers.postgres().jdbcUrl(name),
				TestServers.postgres().user(), TestServers.postgres().password());
				Statement statement = connection.createStatement();
				ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			connection.setAutoCommit(false);
			statement.execute("SELECT 1 FROM quiz_attempts WHERE id = '" + id(attempt) + "' FOR NO KEY UPDATE");
			statement.execute("UPDATE quiz_answers SET options = 0, version = version + 1 WHERE attempt_id = '"
					+ id(attempt) + "'");
			Future<JsonNode> result = executor
				.submit(() -> ok(HttpMethod.POST, "/api/v1/attempts/" + id(attempt) + "/submission", null));
			await("""
					SELECT count(*) > 0 FROM pg_stat_activity
					WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%quiz_close_attempts%'
					      AND :id::uuid IS NOT NULL
					""",
					UUID.fromString(id(attempt)));
			connection.commit();
			assertThat(result.get().at("/score").asInt()).isZero();
		}
	}

	@Test
	void aStaleAnswerIsRefusedAndTheNewerKept() {
		JsonNode attempt = start(round(3, 3, "stale"));
		JsonNode question = attempt.at("/questions/0");
		List<String> newer = List.of(question.at("/options/1/id").asString());
		List<String> older = List.of(question.at("/options/0/id").asString());
		save(attempt, question, older, 1L).expectStatus().isNoContent();
		save(attempt, question, newer, 3L).expectStatus().isNoContent();
		save(attempt, question, newer, 3L).expectStatus().isNoContent();
		problem(save(attempt, question, older, 2L), 409, "stale-answer");
		problem(save(attempt, question, older, 3L), 409, "stale-answer");
		JsonNode resumed = ok(HttpMethod.GET, "/api/v1/attempts/" + id(attempt), null);
		JsonNode saved = resumed.at("/answers").get(question.at("/id").asString());
		assertThat(saved.at("/optionIds/0").asString()).isEqualTo(newer.getFirst());
		assertThat(saved.at("/version").asLong()).isEqualTo(3);
		save(attempt, question, older, null).expectStatus().isNoContent();
		resumed = ok(HttpMethod.GET, "/api/v1/attempts/" + id(attempt), null);
		assertThat(resumed.at("/answers").get(question.at("/id").asString()).at("/version").asLong()).isEqualTo(4);
	}

	@Test
	void manyAnswersToOneQuestionAtOnceKeepTheHighestVersion() throws Exception {
		JsonNode attempt = start(round(3, 3, "waves"));
		JsonNode question = attempt.at("/questions/0");
		List<String> chosen = List.of(question.at("/options/0/id").asString());
		List<Callable<Integer>> calls = IntStream.rangeClosed(1, 30)
			.mapToObj((version) -> (Callable<Integer>) () -> save(attempt, question, chosen, (long) version)
				.returnResult(Void.class)
				.getStatus()
				.value())
			.toList();
		List<Integer> statuses = atOnce(calls);
		assertThat(statuses).isSubsetOf(204, 409);
		assertThat(statuses.getLast()).isEqualTo(204);
		JsonNode resumed = ok(HttpMethod.GET, "/api/v1/attempts/" + id(attempt), null);
		assertThat(resumed.at("/answers").get(question.at("/id").asString()).at("/version").asLong()).isEqualTo(30);
	}

	@Test
	void anAnswerWithinTheGraceCountsAndALaterOneDoesNot() {
		JsonNode attempt = start(round(3, 3, "grace"));
		JsonNode question = attempt.at("/questions/0");
		Instant deadline = OffsetDateTime.parse(attempt.at("/deadline").asString()).toInstant();
		List<String> right = key(attempt).get(question.at("/id").asString());
		this.clock.setTo(deadline.minusSeconds(1));
		save(attempt, question, List.of(), null).expectStatus().isNoContent();
		this.clock.setTo(deadline.plusSeconds(1));
		save(attempt, question, right, null).expectStatus().isNoContent();
		this.clock.setTo(deadline.plusSeconds(5));
		problem(save(attempt, question, List.of(), null), 409, "attempt-closed");
		JsonNode result = ok(HttpMethod.POST, "/api/v1/attempts/" + id(attempt) + "/submission", null);
		assertThat(result.at("/correct").asInt()).isEqualTo(1);
		assertThat(OffsetDateTime.parse(result.at("/submittedAt").asString()).toInstant()).isEqualTo(deadline);
	}

	/** The phone's clock may stand still: it is asked for nothing. */
	@Test
	void whoHandsInAnHourTooLateHandsInAtTheDeadlineAndAfterThatNothingCounts() {
		JsonNode attempt = start(round(3, 3, "hour"));
		JsonNode question = attempt.at("/questions/0");
		List<String> right = key(attempt).get(question.at("/id").asString());
		Instant deadline = OffsetDateTime.parse(attempt.at("/deadline").asString()).toInstant();
		save(attempt, question, right, null).expectStatus().isNoContent();
		this.clock.setTo(deadline.plus(Duration.ofHours(1)));
		problem(save(attempt, question, List.of(), null), 409, "attempt-closed");
		JsonNode result = ok(HttpMethod.POST, "/api/v1/attempts/" + id(attempt) + "/submission", null);
		assertThat(result.at("/correct").asInt()).isEqualTo(1);
		assertThat(OffsetDateTime.parse(result.at("/submittedAt").asString()).toInstant()).isEqualTo(deadline);
	}

	@Test
	void whoHandsInASecondBeforeTheDeadlineIsInTime() {
		JsonNode attempt = start(round(3, 3, "second"));
		answerRightly(attempt);
		Instant deadline = OffsetDateTime.parse(attempt.at("/deadline").asString()).toInstant();
		this.clock.setTo(deadline.minusSeconds(1));
		JsonNode result = ok(HttpMethod.POST, "/api/v1/attempts/" + id(attempt) + "/submission", null);
		assertThat(result.at("/score").asInt()).isEqualTo(100);
		assertThat(OffsetDateTime.parse(result.at("/submittedAt").asString()).toInstant())
			.isBetween(deadline.minusSeconds(1), deadline.minusMillis(1));
	}

	@Test
	void theDeadlineHandsInByItself() {
		UUID round = round(3, 3, "auto");
		JsonNode attempt = start(round);
		answerRightly(attempt);
		Instant deadline = OffsetDateTime.parse(attempt.at("/deadline").asString()).toInstant();
		this.clock.setTo(deadline.plusSeconds(6));
		await("SELECT bool_and(closed_by = 'DEADLINE') IS TRUE FROM quiz_attempts WHERE round_id = :id", round);
		JsonNode closed = ok(HttpMethod.GET, "/api/v1/attempts/" + id(attempt), null);
		assertThat(closed.at("/state").asString()).isEqualTo("submitted");
		assertThat(closed.at("/result/score").asInt()).isEqualTo(100);
		assertThat(OffsetDateTime.parse(closed.at("/result/submittedAt").asString()).toInstant()).isEqualTo(deadline);
		JsonNode question = attempt.at("/questions/0");
		problem(save(attempt, question, List.of(), null), 409, "attempt-closed");
	}

	@Test
	void aRoundsEndIsTheDeadlineOfALateStart() {
		UUID round = round(3, 3, "end");
		JsonNode quiz = ok(HttpMethod.GET, "/api/v1/quizzes/" + round, null);
		Instant closesAt = OffsetDateTime.parse(quiz.at("/closesAt").asString()).toInstant();
		this.clock.setTo(closesAt.minusSeconds(90));
		JsonNode attempt = start(round);
		assertThat(OffsetDateTime.parse(attempt.at("/deadline").asString()).toInstant()).isEqualTo(closesAt);
		assertThat(commitment(round).at("/seed").isNull()).isTrue();
		this.clock.setTo(closesAt.plusSeconds(5));
		JsonNode commitment = commitment(round);
		assertThat(commitment.at("/seed").asString()).hasSize(64);
		this.member = this.fixtures.member();
		problem(call(HttpMethod.POST, "/api/v1/quizzes/" + round + "/attempts", null), 409, "quiz-closed");
	}

	@Test
	void aForeignAttemptIsNotFound() {
		JsonNode attempt = start(round(3, 3, "foreign"));
		JsonNode question = attempt.at("/questions/0");
		this.member = this.fixtures.member();
		problem(call(HttpMethod.GET, "/api/v1/attempts/" + id(attempt), null), 404, "not-found");
		problem(call(HttpMethod.GET, "/api/v1/attempts/" + id(attempt) + "/paper", null), 404, "not-found");
		problem(save(attempt, question, List.of(), null), 404, "not-found");
		problem(call(HttpMethod.POST, "/api/v1/attempts/" + id(attempt) + "/submission", null), 404, "not-found");
		assertThat(ok(HttpMethod.GET, "/api/v1/me/attempts", null).at("/items").size()).isZero();
	}

	@Test
	void noAnswerTellsTheKeyBeforeTheSubmission() {
		UUID round = round(9, 9, "leak");
		JsonNode attempt = start(round);
		answerRightly(attempt);
		List<String> bodies = new ArrayList<>();
		bodies.add(attempt.toString());
		for (String uri : List.of("/api/v1/quizzes", "/api/v1/quizzes?state=open", "/api/v1/quizzes/" + round,
				"/api/v1/quizzes/" + round + "/commitment", "/api/v1/attempts/" + id(attempt),
				"/api/v1/attempts/" + id(attempt) + "/paper", "/api/v1/me/attempts")) {
			bodies.add(ok(HttpMethod.GET, uri, null).toString());
		}
		bodies.add(ok(HttpMethod.POST, "/api/v1/quizzes/" + round + "/attempts", null).toString());
		assertThat(bodies).allMatch((body) -> !body.contains("KEYleak"))
			.noneMatch((body) -> body.matches(".*\"(key|explanation|correct|source|position)\".*"));
		ok(HttpMethod.POST, "/api/v1/attempts/" + id(attempt) + "/submission", null);
		assertThat(ok(HttpMethod.GET, "/api/v1/attempts/" + id(attempt), null).toString()).contains("KEYleak");
	}

	@Test
	void theKeyStaysWhileAnotherAttemptIsLeft() {
		Map<String, Object> draft = this.fixtures.draft(this.fixtures.bank(3, "two"), 3);
		draft.put("attempts", 2);
		UUID round = this.fixtures.published(draft);
		JsonNode first = start(round);
		String submission = "/api/v1/attempts/%s/submission";
		assertThat(ok(HttpMethod.POST, submission.formatted(id(first)), null).at("/review").isNull()).isTrue();
		JsonNode second = start(round);
		assertThat(id(second)).isNotEqualTo(id(first));
		assertThat(ok(HttpMethod.POST, submission.formatted(id(first)), null).at("/review").isNull()).isTrue();
		assertThat(ok(HttpMethod.POST, submission.formatted(id(second)), null).at("/review").isNull()).isFalse();
		assertThat(ok(HttpMethod.POST, submission.formatted(id(first)), null).at("/review").isNull()).isFalse();
		problem(call(HttpMethod.POST, "/api/v1/quizzes/" + round + "/attempts", null), 409, "attempts-exhausted");
	}

	@Test
	void aPolicyMayKeepTheKeyUntilClosingOrForEver() {
		Map<String, Object> draft = this.fixtures.draft(this.fixtures.bank(3, "policy"), 3);
		draft.put("reviewPolicy", "NEVER");
		UUID never = this.fixtures.published(draft);
		draft.put("reviewPolicy", "AFTER_CLOSING");
		UUID afterClosing = this.fixtures.published(draft);
		String neverSubmission = "/api/v1/attempts/" + id(start(never)) + "/submission";
		String laterSubmission = "/api/v1/attempts/" + id(start(afterClosing)) + "/submission";
		assertThat(ok(HttpMethod.POST, neverSubmission, null).at("/review").isNull()).isTrue();
		assertThat(ok(HttpMethod.POST, laterSubmission, null).at("/review").isNull()).isTrue();
		this.clock.advance(Duration.ofDays(2));
		assertThat(ok(HttpMethod.POST, neverSubmission, null).at("/review").isNull()).isTrue();
		assertThat(ok(HttpMethod.POST, laterSubmission, null).at("/review/questions").size()).isEqualTo(3);
	}

	@Test
	void badAnswersAreRefusedWithAProblem() {
		JsonNode attempt = start(round(3, 3, "bad"));
		JsonNode question = attempt.at("/questions/0");
		String answers = "/api/v1/attempts/" + id(attempt) + "/answers/";
		problem(save(attempt, question, List.of("a"), null), 422, "invalid-request");
		problem(save(attempt, question, List.of(), 0L), 422, "invalid-request");
		problem(call(HttpMethod.PUT, answers + UUID.randomUUID(), Map.of("optionIds", List.of())), 404, "not-found");
		problem(call(HttpMethod.PUT, answers + "nonsense", Map.of("optionIds", List.of())), 404, "not-found");
		problem(call(HttpMethod.PUT, answers + question.at("/id").asString(), Map.of()), 422, "invalid-request");
		problem(call(HttpMethod.PUT, answers + question.at("/id").asString(), Map.of("optionIds", "x")), 422,
				"invalid-request");
		problem(call(HttpMethod.PUT, answers + question.at("/id").asString(),
				Map.of("optionIds", List.of(), "score", 100)), 422, "invalid-request");
		problem(call(HttpMethod.POST, "/api/v1/quizzes/" + UUID.randomUUID() + "/attempts", null), 404, "not-found");
		problem(call(HttpMethod.GET, "/api/v1/attempts/nonsense", null), 404, "not-found");
		problem(call(HttpMethod.GET, "/api/v1/me/attempts?limit=0", null), 422, "invalid-request");
		problem(call(HttpMethod.GET, "/api/v1/me/attempts?cursor=nonsense", null), 422, "invalid-request");
		problem(call(HttpMethod.GET, "/api/v1/quizzes?state=never", null), 422, "invalid-request");
	}

	@Test
	void aDraftIsNotThereForMembers() {
		UUID draft = this.fixtures.created(this.fixtures.draft(this.fixtures.bank(3, "draft"), 3));
		for (String uri : List.of("", "/commitment")) {
			problem(call(HttpMethod.GET, "/api/v1/quizzes/" + draft + uri, null), 404, "not-found");
		}
		problem(call(HttpMethod.POST, "/api/v1/quizzes/" + draft + "/attempts", null), 404, "not-found");
	}

	@Test
	void aRoundThatHasNotBegunTakesNoAttempt() {
		Map<String, Object> draft = this.fixtures.draft(this.fixtures.bank(3, "early"), 3);
		draft.put("opensAt", QuizFixtures.at(this.clock.instant().plusSeconds(3600)));
		UUID round = this.fixtures.published(draft);
		problem(call(HttpMethod.POST, "/api/v1/quizzes/" + round + "/attempts", null), 409, "quiz-not-open");
		assertThat(commitment(round).at("/hash").asString()).hasSize(64);
		assertThat(ok(HttpMethod.GET, "/api/v1/quizzes?state=upcoming&limit=100", null).toString())
			.contains(round.toString());
		assertThat(ok(HttpMethod.GET, "/api/v1/quizzes?state=open&limit=100", null).toString())
			.doesNotContain(round.toString());
	}

	@Test
	void laterEditsOfTheBankDoNotTouchARunningAttempt() {
		UUID bank = this.fixtures.bank(3, "frozen");
		UUID round = this.fixtures.published(this.fixtures.draft(bank, 3));
		JsonNode attempt = start(round);
		answerRightly(attempt);
		this.fixtures.run("UPDATE questions SET answer = '{b}', stem = 'changed' WHERE bank_id = :bank",
				Map.of("bank", bank));
		assertThat(ok(HttpMethod.GET, "/api/v1/attempts/" + id(attempt), null).at("/questions"))
			.isEqualTo(attempt.at("/questions"));
		JsonNode result = ok(HttpMethod.POST, "/api/v1/attempts/" + id(attempt) + "/submission", null);
		assertThat(result.at("/score").asInt()).isEqualTo(100);
	}

	@Test
	void aMembersAttemptsComeInPages() {
		Map<String, Object> draft = this.fixtures.draft(this.fixtures.bank(3, "pages"), 3);
		List<String> ids = new ArrayList<>();
		for (int n = 0; n < 3; n++) {
			ids.addFirst(id(start(this.fixtures.published(draft))));
		}
		JsonNode first = ok(HttpMethod.GET, "/api/v1/me/attempts?limit=2", null);
		JsonNode second = ok(HttpMethod.GET, "/api/v1/me/attempts?limit=2&cursor=" + first.at("/nextCursor").asString(),
				null);
		List<String> seen = new ArrayList<>();
		first.at("/items").forEach((item) -> seen.add(id(item)));
		second.at("/items").forEach((item) -> seen.add(id(item)));
		assertThat(seen).isEqualTo(ids);
		assertThat(second.at("/nextCursor").isNull()).isTrue();
	}

	/** A whole attempt of one member, who is in a hurry and hands in twice. */
	private int score(Consumer<HttpHeaders> member, UUID round) {
		JsonNode attempt = read(
				callAs(member, HttpMethod.POST, "/api/v1/quizzes/" + round + "/attempts", null).expectStatus()
					.isCreated()
					.expectBody()
					.returnResult());
		key(attempt)
			.forEach((question,
					options) -> callAs(member, HttpMethod.PUT,
							"/api/v1/attempts/" + id(attempt) + "/answers/" + question, Map.of("optionIds", options))
						.expectStatus()
						.isNoContent());
		String submission = "/api/v1/attempts/" + id(attempt) + "/submission";
		callAs(member, HttpMethod.POST, submission, null).expectStatus().isOk();
		return read(callAs(member, HttpMethod.POST, submission, null).expectStatus().isOk().expectBody().returnResult())
			.at("/score")
			.asInt();
	}

	private UUID round(int questions, int ofBank, String token) {
		return this.fixtures.published(this.fixtures.draft(this.fixtures.bank(ofBank, token), questions));
	}

	private JsonNode start(UUID round) {
		return read(call(HttpMethod.POST, "/api/v1/quizzes/" + round + "/attempts", null).expectStatus()
			.isCreated()
			.expectBody()
			.returnResult());
	}

	private byte[] startAs(Consumer<HttpHeaders> headers, UUID round) {
		return QuizFixtures.json(this.client.post()
			.uri("/api/v1/quizzes/{id}/attempts", round)
			.headers(headers)
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(byte[].class)
			.returnResult());
	}

	private JsonNode commitment(UUID round) {
		return ok(HttpMethod.GET, "/api/v1/quizzes/" + round + "/commitment", null);
	}

	private void answerRightly(JsonNode attempt) {
		Map<String, List<String>> key = key(attempt);
		attempt.at("/questions")
			.forEach((question) -> save(attempt, question, key.get(question.at("/id").asString()), null).expectStatus()
				.isNoContent());
	}

	/**
	 * By what the fixtures made right: B of a single choice, A and C of a multiple one.
	 */
	private Map<String, List<String>> key(JsonNode attempt) {
		Map<String, List<String>> texts = Map.of("SINGLE", List.of("B"), "MULTIPLE", List.of("A", "C"), "TRUE_FALSE",
				List.of("right"));
		Map<String, List<String>> key = new HashMap<>();
		attempt.at("/questions").forEach((question) -> {
			List<String> right = new ArrayList<>();
			question.at("/options").forEach((option) -> {
				if (texts.get(question.at("/kind").asString()).contains(option.at("/text").asString())) {
					right.add(option.at("/id").asString());
				}
			});
			key.put(question.at("/id").asString(), right);
		});
		return key;
	}

	private WebTestClient.ResponseSpec save(JsonNode attempt, JsonNode question, List<String> options, Long version) {
		Map<String, Object> body = new HashMap<>(Map.of("optionIds", options));
		if (version != null) {
			body.put("version", version);
		}
		return call(HttpMethod.PUT, "/api/v1/attempts/" + id(attempt) + "/answers/" + question.at("/id").asString(),
				body);
	}

	private WebTestClient.ResponseSpec call(HttpMethod method, String uri, Object body) {
		return callAs(this.member, method, uri, body);
	}

	private WebTestClient.ResponseSpec callAs(Consumer<HttpHeaders> member, HttpMethod method, String uri,
			Object body) {
		WebTestClient.RequestBodySpec request = this.client.method(method).uri(uri).headers(member);
		return ((body != null) ? request.bodyValue(body) : request).exchange();
	}

	private JsonNode ok(HttpMethod method, String uri, Object body) {
		return read(call(method, uri, body).expectStatus().isOk().expectBody().returnResult());
	}

	private JsonNode read(EntityExchangeResult<byte[]> answer) {
		return this.json.readTree(answer.getResponseBodyContent());
	}

	private static String id(JsonNode node) {
		return node.at("/id").asString();
	}

	private static void problem(WebTestClient.ResponseSpec answer, int status, String name) {
		answer.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentTypeCompatibleWith("application/problem+json")
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:" + name)
			.jsonPath("$.detail")
			.isNotEmpty();
	}

	private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
		return atOnce(Collections.nCopies(times, call));
	}

	private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<T> results = new ArrayList<>();
			for (Future<T> future : threads.invokeAll(calls)) {
				results.add(future.get());
			}
			return results;
		}
	}

	private void await(String condition, UUID id) {
		Mono.defer(() -> this.database.sql(condition).bind("id", id).mapValue(Boolean.class).one())
			.filter((holds) -> holds)
			.repeatWhenEmpty((times) -> times.delayElements(Duration.ofMillis(100)))
			.block(QuizFixtures.PATIENCE);
	}

}
