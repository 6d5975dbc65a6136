package cn.qingfeng.staff;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestSessions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.staff.policy.PolicyExceptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class PolicyGateIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private PolicyGate gate;

	@Autowired
	private PolicyExceptions exceptions;

	@Autowired
	private TestClock clock;

	private final UUID requester = UUID.randomUUID();

	private final UUID first = UUID.randomUUID();

	private final UUID second = UUID.randomUUID();

	@AfterEach
	void resetClock() {
		this.clock.reset();
		this.gate.forget();
	}

	@ParameterizedTest
	@EnumSource(value = PolicyException.class, names = { "ONLINE_MINUTES", "RANKINGS", "UNIT_PARTICIPATION" })
	void everythingIsOffByDefault(PolicyException exception) {
		assertThat(allows(exception)).isFalse();
	}

	@Test
	void anExceptionTakesTwoOthers() {
		String id = request("STREAKS", 30);
		assertThat(allows(PolicyException.STREAKS)).isFalse();
		approve(id, this.requester).expectStatus().isEqualTo(409);
		approve(id, this.first).expectStatus().isOk().expectBody().jsonPath("$.state").isEqualTo("REQUESTED");
		assertThat(allows(PolicyException.STREAKS)).isFalse();
		approve(id, this.first).expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:own-exception");
		approve(id, this.second).expectStatus().isOk().expectBody().jsonPath("$.state").isEqualTo("IN_FORCE");
		assertThat(allows(PolicyException.STREAKS)).isTrue();
		approve(id, UUID.randomUUID()).expectStatus().isEqualTo(409);
		revoke(id, "不再需要").expectStatus().isOk().expectBody().jsonPath("$.state").isEqualTo("REVOKED");
		assertThat(allows(PolicyException.STREAKS)).isFalse();
		revoke(id, "再次").expectStatus().isEqualTo(409);
	}

	@Test
	void anExceptionEndsByItselfOnTheSecond() {
		String id = inForce("PLACE_CHECK", 0);
		assertThat(allows(PolicyException.PLACE_CHECK)).isTrue();
		LocalDate tomorrow = BusinessTime.today(this.clock).plusDays(1);
		Duration left = Duration.between(this.clock.instant(), tomorrow.atStartOfDay(BusinessTime.ZONE).toInstant());
		this.clock.advance(left.minusSeconds(2));
		assertThat(allows(PolicyException.PLACE_CHECK)).isTrue();
		this.clock.advance(Duration.ofSeconds(2));
		assertThat(allows(PolicyException.PLACE_CHECK)).isFalse();
		this.client.get()
			.uri("/api/admin/v1/policy?limit=100")
			.headers(this.sessions.staff("AUDITOR"))
			.exchange()
			.expectBody()
			.jsonPath("$.items[?(@.id=='" + id + "')].state")
			.isEqualTo("EXPIRED");
	}

	@Test
	void anotherNodeSeesARevocationWithinSeconds() {
		PolicyGate otherNode = new PolicyGate(this.exceptions, this.clock);
		String id = inForce("STORED_POSITIONS", 5);
		assertThat(otherNode.allows(PolicyException.STORED_POSITIONS).block(TIMEOUT)).isTrue();
		revoke(id, "停用").expectStatus().isOk();
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(otherNode.allows(PolicyException.STORED_POSITIONS).block(TIMEOUT)).isFalse();
	}

	@Test
	void anExceptionLastsAYearAtMostAndHasAReason() {
		ask("RANKINGS", "测试", 366).expectStatus().isEqualTo(422);
		ask("RANKINGS", "测试", -1).expectStatus().isEqualTo(422);
		ask("RANKINGS", " ", 30).expectStatus().isEqualTo(422);
		ask("EVERYTHING", "测试", 30).expectStatus().isEqualTo(422);
	}

	@Test
	void nobodyOfAUnitDecides() {
		String id = request("RANKINGS", 10);
		Consumer<HttpHeaders> ofAUnit = this.sessions.as(new CurrentStaff(UUID.randomUUID(), UUID.randomUUID(), "unit",
				Set.of("APPROVER", "ADMIN"), Set.of(UUID.randomUUID())));
		this.client.post()
			.uri("/api/admin/v1/policy/" + id + "/approval")
			.headers(ofAUnit)
			.exchange()
			.expectStatus()
			.isForbidden();
	}

	@Test
	void theSelfCheckTellsEveryRuleAndWhatIsUnsafe() {
		inForce("REMINDERS_OUTSIDE_HOURS", 3);
		this.client.get()
			.uri("/api/admin/v1/policy/self-check")
			.headers(this.sessions.staff("AUDITOR"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.rules.length()")
			.isEqualTo(PolicyException.values().length)
			.jsonPath("$.rules[?(@.key=='REMINDERS_OUTSIDE_HOURS')].allowed")
			.isEqualTo(true)
			.jsonPath("$.rules[?(@.key=='RANKINGS')].allowed")
			.isEqualTo(false)
			.jsonPath("$.findings[?(@.key=='database-role')].holds")
			.isEqualTo(true);
	}

	private boolean allows(PolicyException exception) {
		return Objects.requireNonNull(this.gate.allows(exception).block(TIMEOUT));
	}

	private String inForce(String rule, int days) {
		String id = request(rule, days);
		approve(id, this.first).expectStatus().isOk();
		approve(id, this.second).expectStatus().isOk();
		return id;
	}

	private String request(String rule, int days) {
		Map<?, ?> made = ask(rule, "测试需要", days).expectStatus()
			.isCreated()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody();
		return String.valueOf(Objects.requireNonNull(made).get("id"));
	}

	private WebTestClient.ResponseSpec ask(String rule, String reason, int days) {
		LocalDate lastDay = BusinessTime.today(this.clock).plusDays(days);
		return this.client.post()
			.uri("/api/admin/v1/policy")
			.headers(this.sessions.staff(this.requester, "ADMIN"))
			.bodyValue(Map.of("rule", rule, "reason", reason, "lastDay", lastDay.toString()))
			.exchange();
	}

	private WebTestClient.ResponseSpec approve(String id, UUID by) {
		return this.client.post()
			.uri("/api/admin/v1/policy/" + id + "/approval")
			.headers(this.sessions.staff(by, "ADMIN"))
			.exchange();
	}

	private WebTestClient.ResponseSpec revoke(String id, String reason) {
		return this.client.post()
			.uri("/api/admin/v1/policy/" + id + "/revocation")
			.headers(this.sessions.staff("APPROVER"))
			.bodyValue(Map.of("reason", reason))
			.exchange();
	}

}
