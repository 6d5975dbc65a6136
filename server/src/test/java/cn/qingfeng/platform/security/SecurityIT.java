package cn.qingfeng.platform.security;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestSessions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class SecurityIT {

	@LocalServerPort
	private int port;

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private DatabaseClient database;

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/me", "/api/v1/articles", "/api/admin/v1/articles", "/api/v1/nothing",
			"/actuator/health/liveness", "/openapi/member.yaml", "/nowhere", "/m/nowhere" })
	void everyAnswerCarriesTheSecurityHeaders(String path) {
		this.client.get()
			.uri(path)
			.exchange()
			.expectHeader()
			.valueMatches("Content-Security-Policy", ".*default-src 'self'.*frame-ancestors 'none'.*")
			.expectHeader()
			.valueEquals("X-Content-Type-Options", "nosniff")
			.expectHeader()
			.valueEquals("X-Frame-Options", "DENY")
			.expectHeader()
			.exists("Referrer-Policy")
			.expectHeader()
			.exists("X-Trace-Id")
			.expectHeader()
			.doesNotExist("Server");
	}

	@Test
	void aStrangerIsToldToLogIn() {
		this.client.get()
			.uri("/api/v1/me")
			.exchange()
			.expectStatus()
			.isUnauthorized()
			.expectHeader()
			.valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:unauthenticated");
	}

	@ParameterizedTest
	@MethodSource("tokens")
	void anInventedTokenIsNobody(String token) {
		for (String path : List.of("/api/v1/me", "/api/admin/v1/sessions/current")) {
			this.client.get()
				.uri(path)
				.header(HttpHeaders.AUTHORIZATION, "Bearer " + token)
				.exchange()
				.expectStatus()
				.isUnauthorized();
			this.client.get()
				.uri(path)
				.header(HttpHeaders.COOKIE, SessionToken.COOKIE + "=" + token.replaceAll("[^!-~]|[;,\"\\\\]", "_"))
				.exchange()
				.expectStatus()
				.isUnauthorized();
		}
	}

	/** Our sessions are no JWTs: whatever looks like one opens nothing. */
	static List<String> tokens() {
		String payload = "{\"sub\":\"admin\",\"role\":\"ADMIN\",\"iss\":\"qingfeng\",\"exp\":4102444800}";
		String future = payload.replace("\"iss\"", "\"nbf\":4102444000,\"iss\"");
		String expired = payload.replace("4102444800", "1");
		String foreign = payload.replace("qingfeng", "somebody-else");
		return List.of("", "nonsense", "null", "undefined", "' OR 1=1 --", "a".repeat(43), "a".repeat(512),
				"a".repeat(4_000), Tokens.random(), jwt("none", "", payload), jwt("NONE", "", payload),
				jwt("nOnE", "x", payload), jwt("HS256", "signature", payload), jwt("HS256", "signature", expired),
				jwt("RS256", "signature", payload), jwt("ES256", "\u0000".repeat(64), payload),
				jwt("HS256\",\"kid\":\"../../../../dev/null", "signature", payload),
				jwt("HS256\",\"kid\":\"x' UNION SELECT 'k", "signature", payload),
				jwt("RS256\",\"jku\":\"https://evil.example/keys", "signature", payload),
				jwt("HS256", "signature", future), jwt("HS256", "signature", foreign));
	}

	private static String jwt(String algorithm, String signature, String payload) {
		return base64("{\"alg\":\"%s\",\"typ\":\"JWT\"}".formatted(algorithm)) + "." + base64(payload) + "."
				+ base64(signature);
	}

	private static String base64(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void aTokenThatTheVisitorBroughtIsNotTheOneOfTheSession() {
		String planted = Tokens.random();
		this.client.get()
			.uri("/api/v1/oauth/authorize?return=/m/")
			.cookie(SessionToken.COOKIE, planted)
			.exchange()
			.expectCookie()
			.doesNotExist(SessionToken.COOKIE);
		this.client.get()
			.uri("/api/v1/me")
			.cookie(SessionToken.COOKIE, planted)
			.exchange()
			.expectStatus()
			.isUnauthorized();
	}

	@ParameterizedTest
	@ValueSource(strings = { "admin", "root", "administrator", "author", "reviewer1", "publisher", "test", "qingfeng",
			"sa", "user" })
	void nobodyIsThereByDefault(String username) {
		Long accounts = this.database.sql("SELECT count(*) FROM staff_account WHERE username = :username")
			.bind("username", username)
			.mapValue(Long.class)
			.one()
			.block(Duration.ofSeconds(30));
		assertThat(accounts).isZero();
	}

	@Test
	void aTokenOfTheOtherRealmIsNobody() {
		this.client.get()
			.uri("/api/admin/v1/articles")
			.headers(this.sessions.member(UUID.randomUUID(), UUID.randomUUID()))
			.exchange()
			.expectStatus()
			.isUnauthorized();
		this.client.get()
			.uri("/api/v1/me")
			.headers(this.sessions.staff("ADMIN"))
			.exchange()
			.expectStatus()
			.isUnauthorized();
	}

	@Test
	void aRoleThatIsNotListedIsRefused() {
		this.client.post()
			.uri("/api/admin/v1/articles/{id}/publication", UUID.randomUUID())
			.headers(this.sessions.staff("ADMIN"))
			.exchange()
			.expectStatus()
			.isForbidden()
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:forbidden");
	}

	@Test
	void anUnboundAccountIsToldToBind() {
		this.client.post()
			.uri("/api/v1/quizzes/{id}/attempts", UUID.randomUUID())
			.headers(this.sessions.account(UUID.randomUUID()))
			.exchange()
			.expectStatus()
			.isForbidden()
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:not-bound");
	}

	@Test
	void aWriteByCookieAloneIsRefused() {
		String token = this.sessions.token(new CurrentMember(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID()));
		this.client.post()
			.uri("/api/v1/quizzes/{id}/attempts", UUID.randomUUID())
			.cookie(SessionToken.COOKIE, token)
			.exchange()
			.expectStatus()
			.isForbidden()
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:csrf");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator", "/actuator/", "/actuator/env", "/actuator/heapdump", "/actuator/threaddump",
			"/actuator/beans", "/actuator/loggers", "/actuator/mappings", "/actuator/configprops", "/actuator/flyway",
			"/actuator/shutdown", "/actuator/metrics", "/actuator/httpexchanges", "/actuator/sessions",
			"/actuator/caches", "/actuator/scheduledtasks", "/actuator/refresh", "/actuator/gateway/routes",
			"/actuator/prometheus", "//actuator/env", "/actuator;x/env", "/Actuator/env", "/manage/env", "/jolokia",
			"/v3/api-docs", "/v2/api-docs", "/swagger-ui.html", "/swagger-ui/index.html", "/swagger-resources",
			"/openapi/", "/openapi/..;/application.yaml", "/.git/config", "/.git/HEAD", "/.env", "/.svn/entries",
			"/.DS_Store", "/WEB-INF/web.xml", "/META-INF/MANIFEST.MF", "/application.yaml", "/application.properties",
			"/db/migration/V20261122_2__staff.sql", "/staff/common-passwords.txt", "/backup.zip", "/dump.sql",
			"/server-status", "/phpinfo.php", "/wp-login.php", "/druid/index.html", "/console/..%2fapplication.yaml",
			"/m/..%5capplication.yaml", "/h2-console", "/login", "/logout", "/api", "/api/", "/api/v1",
			"/m/../actuator/prometheus", "/m/%2e%2e/actuator/env", "/openapi/../application.yaml",
			"/openapi/%2e%2e/application.yaml" })
	void nothingElseIsThere(String path) {
		this.client.get()
			.uri(URI.create("http://127.0.0.1:" + this.port + path))
			.header("X-Forwarded-For", "203.0.113.7")
			.exchange()
			.expectStatus()
			.is4xxClientError();
	}

	@Test
	void metricsAreForThisMachineAndNotForAProxyOnIt() {
		this.client.get().uri("/actuator/prometheus").exchange().expectStatus().isOk();
		this.client.get()
			.uri("/actuator/prometheus")
			.header("X-Forwarded-For", "203.0.113.7")
			.exchange()
			.expectStatus()
			.isNotFound();
	}

	@Test
	void aForeignOriginGetsNoPermission() {
		this.client.get()
			.uri("/api/v1/articles")
			.header(HttpHeaders.ORIGIN, "https://evil.example")
			.exchange()
			.expectHeader()
			.doesNotExist(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
	}

}
