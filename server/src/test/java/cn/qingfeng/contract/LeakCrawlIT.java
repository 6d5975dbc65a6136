package cn.qingfeng.contract;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestSessions;
import cn.qingfeng.quiz.QuizFixtures;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * During an open round, with a paper handed in, another open and a correction on its way,
 * a member asks for everything there is and never gets a token of the key.
 */
@QingfengIT
class LeakCrawlIT {

	private static final String KEY = "KEYcrawled";

	private static final String TRACE = "X-Trace-Id:\"\\w+\"";

	/** They end the paper or the member. */
	private static final Set<String> LAST = Set.of("submitAttempt", "logOut", "eraseMe", "unbind");

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TestMembers members;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private RedissonClient redis;

	@Autowired
	private TestClock clock;

	@LocalServerPort
	private int port;

	private QuizFixtures fixtures;

	private Consumer<HttpHeaders> member;

	private UUID round;

	private final List<String> ids = new ArrayList<>();

	@BeforeEach
	void anOpenRoundInFullSwing() {
		this.fixtures = new QuizFixtures(this.client, this.sessions, this.database, this.clock);
		UUID bank = this.fixtures.bank(6, "crawled");
		this.fixtures.write(bank, "FILL_IN", "党于____年成立，实行____。",
				List.of(QuizFixtures.part(1, KEY + "1921", KEY + "一九二一"), QuizFixtures.part(1, KEY + "民主集中制")));
		this.fixtures.write(bank, "SHORT", "谈谈民主集中制。", List.of(QuizFixtures.part(3, KEY + "民主")));
		Map<String, Object> draft = this.fixtures.draft(bank, 8);
		draft.put("attempts", 3);
		this.round = this.fixtures.published(draft);
		this.member = this.sessions.member(UUID.randomUUID(), this.members.add("答题人").id());
		JsonNode first = paper();
		answer(first);
		read(HttpMethod.POST, "/api/v1/attempts/" + first.at("/id").asString() + "/submission", this.member, null);
		correct(Map.of("questionId", question(first, "SINGLE"), "everyoneRight", true, "reason", KEY + " 是正确答案"));
		correct(Map.of("questionId", question(first, "SHORT"), "parts",
				List.of(QuizFixtures.part(1, KEY + "集中"), QuizFixtures.part(2, KEY + "民主")), "reason", KEY + " 也是要点"));
		JsonNode second = paper();
		answer(second);
		this.ids.addAll(List.of(this.round.toString(), first.at("/id").asString(), second.at("/id").asString(),
				question(second, "FILL_IN")));
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void noRouteNoErrorAndNoCacheTellsTheKeyToAMember() {
		SoftAssertions softly = new SoftAssertions();
		Operation.all()
			.stream()
			.filter((operation) -> !operation.isOfStaff())
			.filter((operation) -> !LAST.contains(operation.node().path("operationId").asString("")))
			.sorted(Comparator.comparing((operation) -> operation.method() != HttpMethod.GET))
			.filter((operation) -> operation.method() != HttpMethod.DELETE)
			.forEach((operation) -> crawl(operation, softly));
		softly.assertAll();
		for (String key : this.redis.getKeys().getKeys()) {
			byte[] value = this.redis.getBucket(key).dump();
			assertThat(key + new String((value != null) ? value : new byte[0], StandardCharsets.ISO_8859_1))
				.doesNotContain(KEY);
		}
	}

	/** Guesses of a written answer are not judged before the paper is in. */
	@Test
	void savingTheRightTextAndAWrongOneAreAnsweredAlike() {
		String path = "/api/v1/attempts/" + this.ids.get(2) + "/answers/" + this.ids.get(3);
		String right = seen(HttpMethod.PUT, path, "{\"text\":\"" + KEY + "1921\"}");
		String wrong = seen(HttpMethod.PUT, path, "{\"text\":\"1900\"}");
		assertThat(right.replaceFirst(TRACE, "")).isEqualTo(wrong.replaceFirst(TRACE, "")).isNotEqualTo(right);
	}

	/** The crawl would find it: after the end the same member is told. */
	@Test
	void afterTheEndTheReviewTells() {
		this.clock.advance(Duration.ofDays(2));
		String id = this.ids.get(1);
		assertThat(
				new String(body(HttpMethod.GET, "/api/v1/attempts/" + id, this.member, null), StandardCharsets.UTF_8))
			.contains(KEY, KEY + "一九二一", KEY + "集中");
	}

	private void crawl(Operation operation, SoftAssertions softly) {
		for (String one : this.ids) {
			for (String other : operation.path().matches(".*\\{.*\\{.*") ? this.ids : List.of(one)) {
				String path = operation.path()
					.replaceFirst("\\{\\w+}", one)
					.replaceFirst("\\{\\w+}", other)
					.replaceAll("\\{\\w+}", "x");
				String sample = operation.body().isObject()
						? Samples.JSON.writeValueAsString(new Samples(operation, Map.of()).valid()) : null;
				softly.assertThat(seen(operation.method(), path, sample))
					.as(operation + " " + path)
					.doesNotContain(KEY);
				softly.assertThat(seen(operation.method(), path, "{\"unknown\":1}"))
					.as(operation + " " + path)
					.doesNotContain(KEY);
			}
		}
	}

	/** Status line aside, all that comes back: headers and body. */
	private String seen(HttpMethod method, String path, String sample) {
		WebTestClient.RequestBodySpec request = this.client.method(method)
			.uri(URI.create("http://127.0.0.1:" + this.port + path))
			.headers(this.member);
		if (sample != null && method != HttpMethod.GET) {
			request.contentType(MediaType.APPLICATION_JSON).bodyValue(sample);
		}
		EntityExchangeResult<byte[]> answer = request.exchange().expectBody().returnResult();
		byte[] content = answer.getResponseBodyContent();
		return answer.getResponseHeaders()
				+ new String((content != null) ? content : new byte[0], StandardCharsets.UTF_8);
	}

	/** Its reason tells of the key, and its message is in the member's inbox. */
	private void correct(Map<String, Object> change) {
		String corrections = "/api/admin/v1/quizzes/" + this.round + "/corrections";
		JsonNode proposed = read(HttpMethod.POST, corrections, this.sessions.staff("QUIZ_AUTHOR"), change);
		read(HttpMethod.POST, corrections + "/" + proposed.at("/id").asString() + "/decision",
				this.sessions.staff("PUBLISHER"), Map.of("verdict", "approve"));
		Mono.defer(() -> this.database.sql("""
				SELECT bool_and(a.key_version = r.key_version) FROM quiz_attempts a
				JOIN quiz_rounds r ON r.id = a.round_id WHERE r.id = :id
				""").bind("id", this.round).mapValue(Boolean.class).one())
			.filter((regraded) -> regraded)
			.repeatWhenEmpty((times) -> times.delayElements(Duration.ofMillis(100)))
			.block(QuizFixtures.PATIENCE);
	}

	private static String question(JsonNode paper, String kind) {
		return paper.at("/questions")
			.valueStream()
			.filter((one) -> one.at("/kind").asString().equals(kind))
			.findFirst()
			.orElseThrow()
			.at("/id")
			.asString();
	}

	private JsonNode paper() {
		return read(HttpMethod.POST, "/api/v1/quizzes/" + this.round + "/attempts", this.member, null);
	}

	private void answer(JsonNode paper) {
		for (JsonNode question : paper.at("/questions")) {
			body(HttpMethod.PUT,
					"/api/v1/attempts/" + paper.at("/id").asString() + "/answers/" + question.at("/id").asString(),
					this.member, question.at("/options").isEmpty() ? Map.of("text", "不知道")
							: Map.of("optionIds", List.of(question.at("/options/0/id").asString())));
		}
	}

	private JsonNode read(HttpMethod method, String uri, Consumer<HttpHeaders> who, Object body) {
		return Samples.JSON.readTree(body(method, uri, who, body));
	}

	private byte[] body(HttpMethod method, String uri, Consumer<HttpHeaders> who, Object body) {
		WebTestClient.RequestBodySpec request = this.client.method(method).uri(uri).headers(who);
		return ((body != null) ? request.bodyValue(body) : request).exchange()
			.expectStatus()
			.is2xxSuccessful()
			.expectBody()
			.returnResult()
			.getResponseBodyContent();
	}

}
