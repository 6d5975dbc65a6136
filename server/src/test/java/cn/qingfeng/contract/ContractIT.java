package cn.qingfeng.contract;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestSessions;
import cn.qingfeng.content.ContentFixtures;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.quiz.QuizFixtures;
import cn.qingfeng.staff.Role;
import cn.qingfeng.volunteer.VolunteerFixtures;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.UriUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract and the server say the same, and nobody brings the server down by what he
 * sends.
 */
@QingfengIT
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractIT {

	private static final String LONG = "x".repeat(1_500);

	private static final String[] ROLES = Arrays.stream(Role.values()).map(Role::name).toArray(String[]::new);

	/** As a router function prints itself. */
	private static final Pattern ROUTE = Pattern.compile("\\(([A-Z]+) && (/\\S+)\\)");

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	private RequestMappingHandlerMapping handlers;

	@Autowired
	private List<RouterFunction<?>> routes;

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private Clock clock;

	@LocalServerPort
	private int port;

	private Map<String, Object> known = Map.of();

	private Map<String, String> paths = Map.of();

	/** Something of each kind, so that odd values reach what works on it. */
	@BeforeAll
	void somethingIsThere() {
		ContentFixtures content = new ContentFixtures(this.client, this.sessions);
		QuizFixtures quizzes = new QuizFixtures(this.client, this.sessions, this.database, this.clock);
		VolunteerFixtures volunteers = new VolunteerFixtures(this.client, this.sessions, this.clock);
		UUID bank = quizzes.bank(5, "crawl");
		String draft = quizzes.created(quizzes.draft(bank, 3)).toString();
		String article = content.article("草稿", "<p>x</p>");
		String event = volunteers.ongoing(5);
		this.known = Map.of("column", "integrity-stories", "articleIds", List.of(article), "bankId", bank, "quizId",
				draft, "eventId", event, "endsAt", "2026-12-01T12:00:00+08:00", "closesAt", "2026-12-02T12:00:00+08:00",
				"checkedOutAt", "2026-12-01T12:00:00+08:00");
		this.paths = Map.of("/api/admin/v1/articles/{id}", article, "/api/admin/v1/quizzes/{id}", draft,
				"/api/admin/v1/events/{id}", event, "/api/v1/events/{id}", event, "/api/v1/articles/{id}",
				content.published("已发布", "<p>x</p>"), "/api/v1/quizzes/{id}",
				quizzes.published(quizzes.draft(bank, 3)).toString());
	}

	static List<Operation> operations() {
		return Operation.all();
	}

	@Test
	void everyOperationHasAHandlerAndEveryHandlerIsInTheContract() {
		Stream<String> annotated = this.handlers.getHandlerMethods()
			.keySet()
			.stream()
			.flatMap((mapping) -> mapping.getPatternsCondition()
				.getPatterns()
				.stream()
				.map((path) -> mapping.getMethodsCondition().getMethods() + " " + path));
		Stream<String> functional = this.routes.stream()
			.flatMap((route) -> ROUTE.matcher(route.toString()).results())
			.map((found) -> "[" + found.group(1) + "] " + found.group(2));
		Set<String> handled = Stream.concat(annotated, functional)
			.filter((mapping) -> mapping.contains(" /api/"))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(handled).isEqualTo(Operation.all()
			.stream()
			.map((operation) -> "[" + operation.method() + "] " + operation.path())
			.collect(Collectors.toCollection(TreeSet::new)));
	}

	@Test
	void whateverLeavesAsAFileIsLimited() {
		assertThat(Operation.all()).filteredOn(Operation::givesAFile)
			.isNotEmpty()
			.allMatch((operation) -> operation.node().has("x-limit"), "has x-limit");
	}

	@ParameterizedTest
	@MethodSource("operations")
	void nobodyGetsInWithoutASession(Operation operation) {
		SoftAssertions softly = new SoftAssertions();
		if (!operation.isPublic()) {
			Answer answer = call(operation, (headers) -> {
			}, path(operation, UUID.randomUUID().toString()), validBody(operation));
			softly.assertThat(answer.status()).as(operation.toString()).isEqualTo(401);
			answer.check(softly);
			softly
				.assertThat(call(operation, (headers) -> headers.setBearerAuth("unknown"),
						path(operation, UUID.randomUUID().toString()), validBody(operation))
					.status())
				.isEqualTo(401);
		}
		softly.assertAll();
	}

	@ParameterizedTest
	@MethodSource("operations")
	void eachRoleMayCallWhatTheContractGivesIt(Operation operation) {
		SoftAssertions softly = new SoftAssertions();
		if (operation.isOfStaff() && !operation.isPublic()) {
			for (String role : ROLES) {
				Answer answer = call(operation, this.sessions.staff(role),
						path(operation, UUID.randomUUID().toString()), validBody(operation));
				answer.check(softly);
				softly.assertThat(answer.status() != 403)
					.as("%s as %s answers %s", operation, role, answer)
					.isEqualTo(operation.admits(role));
			}
			softly
				.assertThat(
						call(operation, member(), path(operation, UUID.randomUUID().toString()), validBody(operation))
							.status())
				.as("%s as a member", operation)
				.isIn(401, 403);
		}
		if (operation.isForBoundMembers()) {
			Answer answer = call(operation, this.sessions.account(UUID.randomUUID()),
					path(operation, UUID.randomUUID().toString()), validBody(operation));
			answer.check(softly);
			softly.assertThat(answer.status()).as("%s unbound", operation).isEqualTo(403);
		}
		if (!operation.isOfStaff() && !operation.isPublic()) {
			softly
				.assertThat(call(operation, this.sessions.staff(ROLES), path(operation, UUID.randomUUID().toString()),
						validBody(operation))
					.status())
				.as("%s as staff", operation)
				.isIn(401, 403);
		}
		softly.assertAll();
	}

	@ParameterizedTest
	@MethodSource("operations")
	void nonsenseInAPathIsRefusedAndBreaksNothing(Operation operation) {
		SoftAssertions softly = new SoftAssertions();
		for (String value : List.of(UUID.randomUUID().toString(), "x", " ", "0", "2026-13", "2026-05", "9999-99",
				"\u0000", "a\r\nb", "../x", "'; DROP TABLE article; --", LONG, "长")) {
			call(operation, caller(operation), path(operation, value), validBody(operation)).check(softly);
		}
		softly.assertAll();
	}

	@ParameterizedTest
	@MethodSource("operations")
	void nonsenseInAQueryIsRefusedAndBreaksNothing(Operation operation) {
		SoftAssertions softly = new SoftAssertions();
		String path = path(operation, UUID.randomUUID().toString());
		for (JsonNode parameter : operation.parameters("query")) {
			for (String value : List.of("", " ", "x", "-1", "0", "1.5", "99999999999999999999", "2026-05-01",
					"0001-01-01", "+999999999-12-31", "9999-12-31", "\u0000", "a\r\nb", "bnVsbA", LONG, "长",
					"eyJhIjoxfQ", "%_\\")) {
				call(operation, caller(operation), path + "?" + parameter.path("name").asString() + "="
						+ UriUtils.encode(value, StandardCharsets.UTF_8), validBody(operation))
					.check(softly);
			}
		}
		call(operation, caller(operation), path + "?unknown=1&&=&%5B%5D", validBody(operation)).check(softly);
		softly.assertAll();
	}

	@ParameterizedTest
	@MethodSource("operations")
	void nonsenseInABodyIsRefusedAndBreaksNothing(Operation operation) {
		SoftAssertions softly = new SoftAssertions();
		List<String> bodies = new ArrayList<>(Samples.raw());
		if (operation.body().isObject()) {
			bodies.addAll(new Samples(operation, this.known).spoilt());
		}
		for (String body : bodies) {
			call(operation, caller(operation), existing(operation), body).check(softly);
		}
		softly.assertAll();
	}

	@ParameterizedTest
	@MethodSource("operations")
	void nonsenseInAHeaderIsRefusedAndBreaksNothing(Operation operation) {
		SoftAssertions softly = new SoftAssertions();
		String path = path(operation, UUID.randomUUID().toString());
		for (String header : headers(operation)) {
			for (String value : List.of("", "x", "*", "\"", "\"99999999999999999999\"", "W/\"\"", "é",
					"y".repeat(600))) {
				call(operation, caller(operation).andThen((headers) -> headers.set(header, value)), path,
						validBody(operation))
					.check(softly);
			}
		}
		call(operation, caller(operation).andThen((headers) -> headers.setContentType(MediaType.TEXT_PLAIN)), path,
				validBody(operation))
			.check(softly);
		softly.assertAll();
	}

	@ParameterizedTest
	@MethodSource("operations")
	void forgedCursorsAreRefusedAndBreakNothing(Operation operation) {
		SoftAssertions softly = new SoftAssertions();
		boolean paged = operation.parameters("query")
			.stream()
			.anyMatch((parameter) -> "cursor".equals(parameter.path("name").asString("")));
		List<Object[]> forged = List.of(new Object[] { Instant.MAX, UUID.randomUUID() },
				new Object[] { Instant.MIN, UUID.randomUUID() }, new Object[] { UUID.randomUUID() },
				new Object[] { "\u0000" }, new Object[] { "9999-12" },
				new Object[] { Long.MAX_VALUE, UUID.randomUUID() });
		for (Object[] keys : paged ? forged : List.<Object[]>of()) {
			call(operation, caller(operation),
					path(operation, UUID.randomUUID().toString()) + "?cursor=" + Cursor.encode(keys),
					validBody(operation))
				.check(softly);
		}
		softly.assertAll();
	}

	/** The path of something that is there, but not the caller's. */
	private String existing(Operation operation) {
		String path = operation.path();
		return this.paths.entrySet()
			.stream()
			.filter((one) -> path.startsWith(one.getKey()))
			.map((one) -> path.replaceFirst("\\{\\w+}", one.getValue()))
			.findFirst()
			.map((one) -> one.replaceAll("\\{\\w+}", UUID.randomUUID().toString()))
			.orElseGet(() -> path(operation, UUID.randomUUID().toString()));
	}

	/**
	 * Headers of the transport are the same to every operation: one of each access tells.
	 */
	private static List<String> headers(Operation operation) {
		List<String> own = List.of("If-Match", "Idempotency-Key");
		if (!Set.of("/api/v1/articles", "/api/v1/me", "/api/v1/me/favourites", "/api/admin/v1/articles")
			.contains(operation.path())) {
			return own;
		}
		return Stream
			.concat(own.stream(), Stream.of("If-None-Match", "Accept-Language", "Accept", "X-XSRF-TOKEN", "X-Trace-Id",
					"traceparent", "Cookie", "Range"))
			.toList();
	}

	private Consumer<HttpHeaders> caller(Operation operation) {
		return operation.isOfStaff() ? this.sessions.staff(ROLES) : member();
	}

	private Consumer<HttpHeaders> member() {
		return this.sessions.member(UUID.randomUUID(), UUID.randomUUID());
	}

	private static String path(Operation operation, String value) {
		return operation.path().replaceAll("\\{\\w+}", UriUtils.encode(value, StandardCharsets.UTF_8));
	}

	private @Nullable String validBody(Operation operation) {
		return operation.body().isObject() ? Samples.JSON.writeValueAsString(new Samples(operation, this.known).valid())
				: null;
	}

	private Answer call(Operation operation, Consumer<HttpHeaders> headers, String path, @Nullable String body) {
		WebTestClient.RequestBodySpec request = this.client.method(operation.method())
			.uri(URI.create("http://127.0.0.1:" + this.port + path));
		if (!operation.parameters("header").isEmpty()) {
			request.header("If-Match", "\"0\"");
		}
		request.headers(headers);
		if (body != null) {
			request.headers((all) -> {
				if (all.getContentType() == null) {
					all.setContentType(MediaType.APPLICATION_JSON);
				}
			}).bodyValue(body.getBytes(StandardCharsets.UTF_8));
		}
		EntityExchangeResult<byte[]> result = request.exchange().expectBody().returnResult();
		byte[] content = result.getResponseBody();
		return new Answer(operation + " " + abbreviated(path) + " " + abbreviated(body), result.getStatus().value(),
				String.valueOf(result.getResponseHeaders().getContentType()),
				(content != null) ? new String(content, StandardCharsets.UTF_8) : "");
	}

	private static String abbreviated(@Nullable String text) {
		return (text != null) ? text.substring(0, Math.min(text.length(), 400)) : "";
	}

	private record Answer(String call, int status, String contentType, String body) {

		void check(SoftAssertions softly) {
			softly.assertThat(this.status).as(toString()).isLessThan(500);
			if (this.status >= 400) {
				softly.assertThat(this.contentType).as(toString()).startsWith("application/problem+json");
				if (this.contentType.startsWith("application/problem+json")) {
					JsonNode problem = Samples.JSON.readTree(this.body);
					softly.assertThat(problem.path("type").asString(""))
						.as(toString())
						.startsWith("urn:qingfeng:problem:");
					softly.assertThat(problem.path("title").asString("")).as(toString()).isNotBlank();
					softly.assertThat(problem.path("traceId").asString("")).as(toString()).isNotBlank();
					softly.assertThat(problem.path("errors").valueStream())
						.as(toString())
						.allMatch((error) -> error.path("message").asString("").matches(".*\\p{IsHan}.*"));
					softly.assertThat(problem.path("status").asInt()).as(toString()).isEqualTo(this.status);
				}
			}
		}

		@Override
		public String toString() {
			return this.call + " -> " + this.status + " " + this.contentType + " " + abbreviated(this.body);
		}

	}

}
