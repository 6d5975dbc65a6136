package cn.qingfeng.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestSessions;
import cn.qingfeng.quiz.QuizFixtures;
import cn.qingfeng.staff.PolicyGate;
import cn.qingfeng.staff.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything in the contract that counts people is asked about three of them: beside
 * others, and alone. No figure tells how many they are, neither by itself nor together
 * with the rest, but to those who may see each of them anyway.
 */
@QingfengIT
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmallGroupsIT {

	private static final int FEW = 3;

	private static final int MANY = 7;

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

	private QuizFixtures fixtures;

	private String fewUnit = "";

	private String manyUnit = "";

	private String mixedRound = "";

	private String smallRound = "";

	private String mixedCampaign = "";

	private String smallCampaign = "";

	private Map<String, List<String>> questions = Map.of();

	static List<Operation> statistics() {
		return Operation.all().stream().filter(Operation::isStatistics).toList();
	}

	/**
	 * The three are a unit of their own; they fail the quiz, and no message reaches them.
	 */
	@BeforeAll
	void threePeopleAmongOthersAndAlone() {
		this.fixtures = new QuizFixtures(this.client, this.sessions, this.database, this.clock);
		this.fewUnit = unit();
		this.manyUnit = unit();
		List<UUID> few = people(this.fewUnit, FEW);
		List<UUID> many = people(this.manyUnit, MANY);
		this.mixedRound = round();
		few.forEach((member) -> handedIn(this.mixedRound, member, false));
		many.forEach((member) -> handedIn(this.mixedRound, member, true));
		this.smallRound = round();
		few.forEach((member) -> handedIn(this.smallRound, member, false));
		this.mixedCampaign = campaign();
		few.forEach((member) -> delivery(this.mixedCampaign, member, "FAILED", "TEMPLATE_MESSAGE"));
		many.forEach((member) -> delivery(this.mixedCampaign, member, "DELIVERED", "INBOX"));
		this.smallCampaign = campaign();
		few.forEach((member) -> delivery(this.smallCampaign, member, "FAILED", "TEMPLATE_MESSAGE"));
		Stream.of("RANKINGS", "UNIT_PARTICIPATION").forEach(this::allow);
		this.clock.advance(Duration.ofDays(2));
		this.questions = Map.of("getQuizStatistics", ofRounds("/api/admin/v1/quizzes/%s/statistics"), "getQuizUnits",
				ofRounds("/api/admin/v1/quizzes/%s/units"), "getQuizFairness",
				ofRounds("/api/admin/v1/quizzes/%s/fairness"), "getQuizTurnout",
				ofRounds("/api/admin/v1/quizzes/%s/turnout"), "getLeaderboard",
				ofRounds("/api/v1/quizzes/%s/leaderboard"), "listUnits", List.of("/api/admin/v1/units"),
				"listCampaigns", List.of("/api/admin/v1/campaigns?limit=100"), "getCampaign",
				ofCampaigns("/api/admin/v1/campaigns/%s"), "getLedger",
				Stream.of("state", "channel")
					.flatMap((group) -> ofCampaigns("/api/admin/v1/campaigns/%s/ledger?group=" + group).stream())
					.toList());
	}

	@AfterAll
	void nothingIsAllowed() {
		this.clock.reset();
		this.fixtures.run("DELETE FROM policy_exception", Map.of());
		this.gate.forget();
	}

	@Test
	void allStatisticsAreAsked() {
		assertThat(statistics()).extracting(Operation::id).containsExactlyInAnyOrderElementsOf(this.questions.keySet());
	}

	@ParameterizedTest
	@MethodSource("statistics")
	void noFigureTellsHowManyAFewAre(Operation operation) {
		Set<String> counts = Counts.of(operation);
		for (Consumer<HttpHeaders> caller : strangers(operation)) {
			for (String question : this.questions.getOrDefault(operation.id(), List.of())) {
				JsonNode answer = get(question, caller);
				List<Long> figures = counts.stream()
					.flatMap((count) -> answer.findValues(count).stream())
					.filter(JsonNode::isNumber)
					.map(JsonNode::asLong)
					.toList();
				assertThat(figures).as("%s answers %s", question, answer)
					.noneMatch((figure) -> figure > 0 && figure < 5);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("statistics")
	void whoMaySeeEachOfThemSeesHowManyTheyAre(Operation operation) {
		for (Operation naming : operation.namedBy().stream().toList()) {
			for (Consumer<HttpHeaders> caller : roles(operation, naming::admits)) {
				for (String question : this.questions.getOrDefault(operation.id(), List.of())) {
					assertThat(Counts.of(operation)).anyMatch((count) -> get(question, caller).findValues(count)
						.stream()
						.anyMatch((figure) -> Set.of(FEW, FEW + MANY).contains(figure.asInt())));
				}
			}
		}
	}

	@Test
	void aRoundTellsOfAllWhoTookPartButNotWhatFewOfThemDid() {
		JsonNode figures = get(this.questions.get("getQuizStatistics").getFirst(), this.sessions.staff("QUIZ_AUTHOR"));
		assertThat(figures.at("/participants").asInt()).isEqualTo(FEW + MANY);
		assertThat(figures.at("/passed").isNull()).isTrue();
		assertThat(hidden(figures.at("/bands"), "attempts")).isEqualTo(2);
		JsonNode question = figures.at("/questions/0");
		assertThat(question.at("/answered").asInt()).isEqualTo(FEW + MANY);
		assertThat(question.at("/right").isNull()).isTrue();
		assertThat(question.at("/easiness").isNull()).isTrue();
		assertThat(question.at("/discrimination").isNull()).isTrue();
		assertThat(hidden(question.at("/options"), "chosen")).isEqualTo(2);
	}

	@Test
	void aRoundOfAFewTellsNothing() {
		JsonNode figures = get(this.questions.get("getQuizStatistics").getLast(), this.sessions.staff("QUIZ_AUTHOR"));
		assertThat(figures.at("/suppressed").asBoolean()).isTrue();
		assertThat(figures.at("/averageScore").asDouble()).isZero();
		assertThat(
				get(this.questions.get("getQuizFairness").getLast(), this.sessions.staff("QUIZ_AUTHOR")).at("/tooFew")
					.asBoolean())
			.isTrue();
		JsonNode ranking = get(this.questions.get("getLeaderboard").getLast(), this.fixtures.member());
		assertThat(ranking.at("/suppressed").asBoolean()).isTrue();
		assertThat(ranking.at("/items").size()).isZero();
	}

	@Test
	void aUnitOfAFewHasNoFigureAtAll() {
		JsonNode units = get(this.questions.get("getQuizUnits").getFirst(), this.sessions.staff("QUIZ_AUTHOR"));
		JsonNode few = unit(units, "unitId", this.fewUnit);
		for (String figure : List.of("members", "participants", "passed", "averageScore", "rank")) {
			assertThat(few.at("/" + figure).isNull()).as(figure).isTrue();
		}
		assertThat(unit(units, "unitId", this.manyUnit).at("/members").asInt()).isEqualTo(MANY);
		JsonNode tree = get("/api/admin/v1/units", this.sessions.staff("AUTHOR"));
		assertThat(unit(tree, "id", this.fewUnit).at("/members").isNull()).isTrue();
		assertThat(unit(tree, "id", this.manyUnit).at("/members").asInt()).isEqualTo(MANY);
	}

	@Test
	void whomAMessageDidNotReachCannotBeCountedFromTheRest() {
		JsonNode ledger = get(this.questions.get("getLedger").getFirst(), this.sessions.staff("ORGANISER"));
		assertThat(ledger.at("/total").asInt()).isEqualTo(FEW + MANY);
		assertThat(hidden(ledger.at("/groups"), "count")).isEqualTo(2);
	}

	private static long hidden(JsonNode groups, String figure) {
		return groups.valueStream().filter((group) -> group.path(figure).isNull()).count();
	}

	private static JsonNode unit(JsonNode units, String property, String id) {
		return units.at("/items")
			.valueStream()
			.filter((one) -> one.path(property).asString().equals(id))
			.findFirst()
			.orElseThrow();
	}

	/** Who may ask, and may not see the people themselves. */
	private List<Consumer<HttpHeaders>> strangers(Operation operation) {
		return operation.isOfStaff()
				? roles(operation, (role) -> operation.namedBy().map((naming) -> !naming.admits(role)).orElse(true))
				: List.of(this.fixtures.member());
	}

	private List<Consumer<HttpHeaders>> roles(Operation operation, Predicate<String> which) {
		List<Consumer<HttpHeaders>> callers = Stream.of(Role.values())
			.map(Role::name)
			.filter(operation::admits)
			.filter(which)
			.map(this.sessions::staff)
			.collect(Collectors.toCollection(ArrayList::new));
		assertThat(callers).isNotEmpty();
		return callers;
	}

	private JsonNode get(String path, Consumer<HttpHeaders> caller) {
		return Samples.JSON.readTree(Objects.requireNonNull(this.client.get()
			.uri(path)
			.headers(caller)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBody()));
	}

	private List<String> ofRounds(String path) {
		return List.of(path.formatted(this.mixedRound), path.formatted(this.smallRound));
	}

	private List<String> ofCampaigns(String path) {
		return List.of(path.formatted(this.mixedCampaign), path.formatted(this.smallCampaign));
	}

	private String unit() {
		UUID id = UUID.randomUUID();
		this.fixtures.run("""
				INSERT INTO unit (id, key, name, kind, parent_id, sort_order)
				SELECT :id, :key, :name, kind, parent_id, 1 FROM unit WHERE key = 'audit'
				""", Map.of("id", id, "key", "few-" + id, "name", "单位" + id));
		return id.toString();
	}

	private List<UUID> people(String unit, int size) {
		return IntStream.range(0, size).mapToObj((n) -> this.members.add("某人", "few-" + unit).id()).toList();
	}

	/** Of one question, whose second option is right. */
	private String round() {
		return this.fixtures.published(this.fixtures.draft(this.fixtures.bank(1, "few"), 1)).toString();
	}

	private void handedIn(String round, UUID member, boolean right) {
		UUID attempt = UUID.randomUUID();
		this.fixtures.run(
				"""
						INSERT INTO quiz_attempts (id, round_id, member_id, number, started_at, deadline, submitted_at, closed_by,
						                           correct, score, passed)
						VALUES (:id, :round, :member, 1, now(), now(), now(), 'MEMBER', :correct, :score, :passed)
						""",
				Map.of("id", attempt, "round", UUID.fromString(round), "member", member, "correct", right ? 1 : 0,
						"score", right ? 100 : 0, "passed", right));
		this.fixtures.run("""
				INSERT INTO quiz_answers (attempt_id, question_id, options, version, saved_at)
				SELECT :id, question_id, :options, 1, now() FROM quiz_round_questions WHERE round_id = :round
				""", Map.of("id", attempt, "round", UUID.fromString(round), "options", right ? 2 : 1));
		this.fixtures.run("""
				INSERT INTO quiz_turnout AS t (round_id, lane, members, attempts) VALUES (:round, 0, 1, 1)
				ON CONFLICT (round_id, lane) DO UPDATE SET members = t.members + 1, attempts = t.attempts + 1
				""", Map.of("round", UUID.fromString(round)));
	}

	private String campaign() {
		UUID id = UUID.randomUUID();
		this.fixtures.run(
				"""
						INSERT INTO campaign (id, kind, title, summary, link, message, state, send_at, author_id, created_at, version)
						VALUES (:id, 'NOTICE', '提醒', '提醒', '/', '{}', 'COMPLETED', now(), gen_random_uuid(), now(), 0)
						""",
				Map.of("id", id));
		return id.toString();
	}

	private void delivery(String campaign, UUID member, String state, String channel) {
		this.fixtures.run("""
				INSERT INTO delivery (id, campaign_id, member_id, channel, state)
				VALUES (gen_random_uuid(), :campaign, :member, :channel, :state)
				""",
				Map.of("campaign", UUID.fromString(campaign), "member", member, "channel", channel, "state", state));
	}

	private void allow(String rule) {
		this.fixtures.run("""
				INSERT INTO policy_exception (id, rule, reason, requested_by, requested_at, expires_at, first_approver,
				                              first_approved_at, second_approver, second_approved_at)
				VALUES (gen_random_uuid(), :rule, 'test', gen_random_uuid(), now(), now() + interval '9 days',
				        gen_random_uuid(), now(), gen_random_uuid(), now())
				""", Map.of("rule", rule));
		this.gate.forget();
	}

}
