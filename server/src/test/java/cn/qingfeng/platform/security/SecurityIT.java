package cn.qingfeng.platform.security;

import java.net.URI;
import java.util.UUID;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestSessions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@QingfengIT
class SecurityIT {

	@LocalServerPort
	private int port;

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

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
	@ValueSource(strings = { "nonsense", "", "eyJhbGciOiJub25lIn0.e30.", "' OR 1=1 --" })
	void anInventedTokenIsNobody(String token) {
		this.client.get()
			.uri("/api/v1/me")
			.header(HttpHeaders.AUTHORIZATION, "Bearer " + token)
			.exchange()
			.expectStatus()
			.isUnauthorized();
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
	@ValueSource(strings = { "/actuator", "/actuator/env", "/actuator/heapdump", "/v3/api-docs", "/.git/config",
			"/h2-console", "/login", "/logout", "/api", "/api/", "/api/v1", "/m/../actuator/prometheus",
			"/m/%2e%2e/actuator/env", "/openapi/../application.yaml", "/openapi/%2e%2e/application.yaml" })
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
