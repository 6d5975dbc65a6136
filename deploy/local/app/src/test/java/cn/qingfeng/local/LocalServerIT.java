package cn.qingfeng.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.staff.NewStaffAccount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LocalServerIT {

	private final LocalServer server = LocalServer.running();

	private final WebTestClient client = client(this.server);

	private static WebTestClient client(LocalServer server) {
		return WebTestClient.bindToServer()
			.baseUrl(server.url().toString())
			.responseTimeout(Duration.ofSeconds(60))
			.build();
	}

	@AfterEach
	void putTheClockBack() {
		setClock("{\"now\":\"" + Clock.systemUTC().instant() + "\"}").expectStatus().isOk();
	}

	private WebTestClient.ResponseSpec setClock(String body) {
		return this.client.put()
			.uri("/_local/clock")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange();
	}

	static Stream<String> accounts() {
		return LocalAccounts.ALL.stream().map(NewStaffAccount::username);
	}

	@ParameterizedTest
	@MethodSource("accounts")
	void everyLocalAccountLogsIn(String username) {
		this.client.post()
			.uri("/api/admin/v1/sessions")
			.bodyValue(Map.of("username", username, "password", LocalAccounts.PASSWORD))
			.exchange()
			.expectStatus()
			.isCreated();
	}

	@Test
	void theClockOfTheProductAndTheSandboxAreTurnedTogether() {
		setClock("{\"now\":\"2027-05-01T09:00:00+08:00\"}").expectStatus().isOk();
		Instant mayDay = Instant.parse("2027-05-01T01:00:00Z");
		assertThat(this.server.bean(Clock.class).instant()).isCloseTo(mayDay, within(Duration.ofSeconds(30)));
		assertThat(this.server.sandbox().clock().instant()).isCloseTo(mayDay, within(Duration.ofSeconds(30)));
		this.client.get()
			.uri("/_local/clock")
			.exchange()
			.expectBody()
			.jsonPath("$.now")
			.value(String.class, (now) -> assertThat(now).startsWith("2027-05-01T09:0").endsWith("+08:00"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"now\":null}", "{\"now\":\"tomorrow\"}",
			"{\"then\":\"2026-05-01T09:00:00+08:00\"}", "[]", "" })
	void aTimeThatIsNoneLeavesTheClockAlone(String body) {
		setClock(body).expectStatus()
			.is4xxClientError()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(this.server.bean(Clock.class).instant()).isCloseTo(Clock.systemUTC().instant(),
				within(Duration.ofMinutes(1)));
	}

	@Test
	void mostOfTheRosterFollowsAndIsBound() {
		assertThat(count("SELECT count(*) FROM member")).isEqualTo(4200);
		assertThat(count("SELECT count(*) FROM wechat_account WHERE follows AND member_id IS NOT NULL"))
			.isBetween(3_500L, 4_000L);
	}

	private long count(String query) {
		Long count = this.server.bean(DatabaseClient.class)
			.sql(query)
			.mapValue(Long.class)
			.one()
			.block(Duration.ofSeconds(30));
		return (count != null) ? count : -1;
	}

	@Test
	void aStrangerGetsNoPhoneCode() {
		this.client.post().uri("/_local/phone-code").exchange().expectStatus().isUnauthorized();
		this.client.post()
			.uri("/_local/phone-code")
			.cookie("qf_session", "stolen")
			.exchange()
			.expectStatus()
			.isForbidden();
	}

	@Test
	void aMemberGetsACodeOfTheirOwnPhone() {
		Sandbox sandbox = this.server.sandbox();
		String person = sandbox.people().all().getFirst().id();
		String token = logIn(sandbox.people().wxLogin(person));
		this.client.post()
			.uri("/_local/phone-code")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.code")
			.isNotEmpty();
	}

	private String logIn(String code) {
		Map<?, ?> session = this.client.post()
			.uri("/api/v1/sessions")
			.bodyValue(Map.of("code", code))
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody();
		return String.valueOf((session != null) ? session.get("token") : null);
	}

}
