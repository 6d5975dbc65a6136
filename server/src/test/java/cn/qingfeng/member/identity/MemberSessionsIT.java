package cn.qingfeng.member.identity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestMembers;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.platform.database.Notices;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class MemberSessionsIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Autowired
	private WebTestClient client;

	@Autowired
	private Sandbox sandbox;

	@Autowired
	private TestMembers members;

	@Autowired
	private MemberSessionRepository repository;

	@Autowired
	private Notices notices;

	@Autowired
	private MemberProperties properties;

	@Autowired
	private TestClock clock;

	private Phones phones;

	private String person;

	@BeforeEach
	void somebody() {
		this.phones = new Phones(this.client, this.sandbox);
		this.person = this.phones.person(this.members.add("登录"));
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void whoLogsInForTheFirstTimeIsNobodyYet() {
		Map<?, ?> session = this.phones.session(this.person);
		assertThat(session.containsKey("member")).isTrue();
		assertThat(session.get("member")).isNull();
		this.phones.me(String.valueOf(session.get("token")))
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.member")
			.isEmpty();
		this.client.get()
			.uri("/api/v1/events")
			.headers((headers) -> headers.setBearerAuth(String.valueOf(session.get("token"))))
			.exchange()
			.expectStatus()
			.isForbidden();
	}

	@Test
	void aCodeIsGoodOnce() {
		String code = this.sandbox.people().wxLogin(this.person);
		this.phones.logInWith(code).expectStatus().isCreated();
		this.phones.logInWith(code)
			.expectStatus()
			.isUnauthorized()
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:wechat-code-refused");
		this.phones.logInWith("../../etc/passwd?appid=x").expectStatus().isUnauthorized();
		this.phones.logInWith("").expectStatus().isEqualTo(422);
	}

	@Test
	void aTokenIsRefusedRightAfterLogOutAndOnOtherNodesWithinASecond() {
		MemberSessions otherNode = new MemberSessions(this.repository, this.properties, this.notices, this.clock,
				new SimpleMeterRegistry());
		String token = this.phones.logIn(this.person);
		otherNode.authenticate(token)
			.hasElement()
			.as(StepVerifier::create)
			.expectNext(true)
			.expectComplete()
			.verify(TIMEOUT);
		this.phones.me(token).expectStatus().isOk();
		assertThat(otherNode.remembered(token)).isPresent();
		this.client.delete()
			.uri("/api/v1/sessions/current")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectStatus()
			.isNoContent();
		this.phones.me(token).expectStatus().isUnauthorized();
		Mono.delay(Duration.ofSeconds(1))
			.doOnNext((later) -> assertThat(otherNode.remembered(token)).isEmpty())
			.then(Mono.defer(() -> otherNode.authenticate(token).hasElement()))
			.as(StepVerifier::create)
			.expectNext(false)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void aSessionInUseIsReadOnceWhileNothingChangesIt() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		MemberSessions node = new MemberSessions(this.repository, this.properties, this.notices, this.clock, meters);
		String token = this.phones.logIn(this.person);
		Mono.fromSupplier(this.notices::areComplete)
			.filter((complete) -> complete)
			.repeatWhenEmpty((again) -> again.delayElements(Duration.ofMillis(10)))
			.then(Mono.defer(() -> node.authenticate(token)))
			.then(Mono.delay(Duration.ofSeconds(1)))
			.then(Mono.defer(() -> node.authenticate(token)))
			.hasElement()
			.as(StepVerifier::create)
			.expectNext(true)
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(meters.get("qingfeng.batch.size").tag("batch", "member-sessions").summary().count()).isEqualTo(1);
	}

	@Test
	void aPersonSeesTheirDevicesAndLogsOutOnOne() {
		String lost = this.phones.logIn(this.person);
		String kept = this.phones.logIn(this.person);
		String stranger = this.phones.logIn(this.phones.person(this.members.add("旁人")));
		String lostId = String.valueOf(devices(lost).stream()
			.filter((device) -> Boolean.TRUE.equals(device.get("current")))
			.map((device) -> device.get("id"))
			.findFirst()
			.orElseThrow());
		assertThat(devices(kept)).hasSize(2)
			.allMatch((device) -> "浏览器（其他设备）".equals(device.get("device")))
			.filteredOn((device) -> Boolean.TRUE.equals(device.get("current")))
			.extracting((device) -> String.valueOf(device.get("id")))
			.doesNotContain(lostId)
			.hasSize(1);
		endSession(stranger, lostId).expectStatus().isNotFound();
		endSession(kept, lostId).expectStatus().isNoContent();
		endSession(kept, lostId).expectStatus().isNotFound();
		this.phones.me(lost).expectStatus().isUnauthorized();
		this.phones.me(kept).expectStatus().isOk();
		assertThat(devices(kept)).hasSize(1);
	}

	@Test
	void aPersonLogsOutEverywhereButHere() {
		String kept = this.phones.logIn(this.person);
		List<String> others = List.of(this.phones.logIn(this.person), this.phones.logIn(this.person));
		String stranger = this.phones.logIn(this.phones.person(this.members.add("旁边的人")));
		this.client.delete()
			.uri("/api/v1/me/sessions")
			.headers((headers) -> headers.setBearerAuth(kept))
			.exchange()
			.expectStatus()
			.isNoContent();
		others.forEach((token) -> this.phones.me(token).expectStatus().isUnauthorized());
		this.phones.me(stranger).expectStatus().isOk();
		assertThat(devices(kept)).hasSize(1);
	}

	@Test
	void aSessionEndsAfterAMonthOfRest() {
		String token = this.phones.logIn(this.person);
		this.clock.advance(Duration.ofDays(29));
		this.phones.me(token).expectStatus().isOk();
		this.clock.advance(Duration.ofDays(29));
		this.phones.me(token).expectStatus().isOk();
		this.clock.advance(Duration.ofDays(31));
		this.phones.me(token).expectStatus().isUnauthorized();
	}

	@Test
	void aSessionEndsAfterThreeMonthsEvenWhenItIsUsed() {
		String token = this.phones.logIn(this.person);
		for (int i = 0; i < 3; i++) {
			this.clock.advance(Duration.ofDays(29));
			this.phones.me(token).expectStatus().isOk();
			Mono.delay(Duration.ofSeconds(1)).block(TIMEOUT);
		}
		this.clock.advance(Duration.ofDays(4));
		this.phones.me(token).expectStatus().isUnauthorized();
	}

	@Test
	void staffTokensAndStrangeOnesOpenNothing() {
		for (String token : new String[] { "x", UUID.randomUUID().toString(), "eyJhbGciOiJub25lIn0.e30." }) {
			this.phones.me(token).expectStatus().isUnauthorized();
		}
	}

	@Test
	void theBrowserLogsInByTheConsentPage() {
		Phones.Consent consent = this.phones.consent(this.person, "/m/#/pages/quiz?id=1");
		EntityExchangeResult<Void> back = this.phones.comeBack(consent.code(), consent.state(), consent.cookie())
			.expectStatus()
			.isFound()
			.expectHeader()
			.valueEquals(HttpHeaders.LOCATION, "/m/#/pages/quiz?id=1")
			.expectBody()
			.isEmpty();
		ResponseCookie session = Objects.requireNonNull(back.getResponseCookies().getFirst("qf_session"));
		ResponseCookie csrf = Objects.requireNonNull(back.getResponseCookies().getFirst("XSRF-TOKEN"));
		assertThat(session.isHttpOnly()).isTrue();
		assertThat(session.getSameSite()).isEqualTo("Lax");
		assertThat(csrf.isHttpOnly()).isFalse();
		String cookies = "qf_session=%s; XSRF-TOKEN=%s".formatted(session.getValue(), csrf.getValue());
		this.client.get().uri("/api/v1/me").header(HttpHeaders.COOKIE, cookies).exchange().expectStatus().isOk();
		this.client.delete()
			.uri("/api/v1/sessions/current")
			.header(HttpHeaders.COOKIE, cookies)
			.exchange()
			.expectStatus()
			.isForbidden()
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:csrf");
		this.client.delete()
			.uri("/api/v1/sessions/current")
			.header(HttpHeaders.COOKIE, cookies)
			.header("X-XSRF-TOKEN", csrf.getValue())
			.exchange()
			.expectStatus()
			.isNoContent()
			.expectCookie()
			.maxAge("qf_session", Duration.ZERO);
		this.client.get()
			.uri("/api/v1/me")
			.header(HttpHeaders.COOKIE, cookies)
			.exchange()
			.expectStatus()
			.isUnauthorized();
	}

	@Test
	void aForgedStateOrAnotherBrowserIsRefused() {
		Phones.Consent mine = this.phones.consent(this.person, "/m/");
		Phones.Consent theirs = this.phones.consent(this.person, "/m/");
		refused(this.phones.comeBack(mine.code(), mine.state(), null));
		refused(this.phones.comeBack(mine.code(), mine.state(), theirs.cookie()));
		refused(this.phones.comeBack(mine.code(), "forged", mine.cookie()));
		refused(this.phones.comeBack(mine.code(), mine.state().replaceAll(".$", "0") + "0", mine.cookie()));
		this.clock.advance(Duration.ofMinutes(11));
		refused(this.phones.comeBack(mine.code(), mine.state(), mine.cookie()));
	}

	@Test
	void onlyOwnPagesAreReturnedTo() {
		for (String target : new String[] { "https://evil.example/", "//evil.example", "/\\evil.example",
				"javascript:alert(1)", "m/", "///evil.example", "\\\\evil.example", "/\t/evil.example",
				"/\n/evil.example", "/\r\nLocation: https://evil.example", " //evil.example", "/%09/evil.example",
				"/%2f%2fevil.example", "/%5cevil.example", "/m/..//evil.example", "/m/%2e%2e//evil.example",
				"/@evil.example", "//user@evil.example", "https:evil.example", "https:/evil.example",
				"HTTPS://evil.example", "data:text/html,x", "/m/\u0000", "/m/\u3002evil" }) {
			this.client.get()
				.uri("/api/v1/oauth/authorize?return={target}", target)
				.exchange()
				.expectStatus()
				.isEqualTo(422)
				.expectBody()
				.jsonPath("$.errors[0].field")
				.isEqualTo("return");
		}
	}

	private static void refused(WebTestClient.ResponseSpec answer) {
		answer.expectStatus()
			.isBadRequest()
			.expectHeader()
			.doesNotExist(HttpHeaders.SET_COOKIE)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:oauth-state-invalid");
	}

	private List<Map<?, ?>> devices(String token) {
		Map<?, ?> list = Objects.requireNonNull(this.client.get()
			.uri("/api/v1/me/sessions")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody());
		List<Map<?, ?>> devices = new ArrayList<>();
		((List<?>) Objects.requireNonNull(list.get("items"))).forEach((item) -> devices.add((Map<?, ?>) item));
		return devices;
	}

	private WebTestClient.ResponseSpec endSession(String token, String id) {
		return this.client.delete()
			.uri("/api/v1/me/sessions/{id}", id)
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange();
	}

}
