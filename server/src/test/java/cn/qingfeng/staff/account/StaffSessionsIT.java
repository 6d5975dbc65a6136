package cn.qingfeng.staff.account;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.platform.problem.Problem;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.platform.security.Realm;
import cn.qingfeng.platform.security.SessionAuthenticator;
import cn.qingfeng.staff.NewStaffAccount;
import cn.qingfeng.staff.Role;
import cn.qingfeng.staff.StaffAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class StaffSessionsIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final String PASSWORD = "correct horse battery";

	@Autowired
	private WebTestClient client;

	@Autowired
	private StaffAccounts accounts;

	@Autowired
	private StaffSessionRepository repository;

	@Autowired
	private StaffLoggingIn loggingIn;

	@Autowired
	private StaffProperties properties;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private TestClock clock;

	private final String username = "t" + UUID.randomUUID();

	@BeforeEach
	void openAccount() {
		NewStaffAccount account = NewStaffAccount.of(this.username, "测试作者", PASSWORD, Role.AUTHOR, Role.AUDITOR);
		this.accounts.open(List.of(account))
			.then(this.accounts.open(List.of(account)))
			.as(StepVerifier::create)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void staffLogsInAndSeesWhoTheyAre() {
		String token = logIn();
		this.client.get()
			.uri("/api/admin/v1/sessions/current")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.username")
			.isEqualTo(this.username)
			.jsonPath("$.displayName")
			.isEqualTo("测试作者")
			.jsonPath("$.roles")
			.isEqualTo(List.of("AUDITOR", "AUTHOR"));
	}

	@Test
	void theUserNameMayBeTypedInFullWidthCapitals() {
		attempt(" " + this.username.toUpperCase(Locale.ROOT).replace('T', 'Ｔ'), PASSWORD).expectStatus().isCreated();
	}

	@Test
	void wrongPasswordsAndUnknownUsersAreAnsweredAlike() {
		byte[] wrong = attempt(this.username, "wrong").expectStatus()
			.isUnauthorized()
			.expectBody()
			.returnResult()
			.getResponseBody();
		byte[] unknown = attempt("u" + UUID.randomUUID(), PASSWORD).expectStatus()
			.isUnauthorized()
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:log-in-failed")
			.returnResult()
			.getResponseBody();
		assertThat(withoutTrace(wrong)).isEqualTo(withoutTrace(unknown));
	}

	@Test
	void aTokenIsRefusedRightAfterLogOut() {
		String token = logIn();
		current(token).expectStatus().isOk();
		this.client.delete()
			.uri("/api/admin/v1/sessions/current")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectStatus()
			.isNoContent();
		current(token).expectStatus().isUnauthorized();
	}

	@Test
	void anotherNodeRefusesATokenRightAfterLogOut() {
		SessionAuthenticator otherNode = new StaffSessions(this.repository, this.properties, this.clock);
		assertThat(otherNode.realm()).isEqualTo(Realm.STAFF);
		String token = logIn();
		Mono.<Object>from(otherNode.authenticate(token))
			.as(StepVerifier::create)
			.expectNextMatches(CurrentStaff.class::isInstance)
			.expectComplete()
			.verify(TIMEOUT);
		this.client.delete()
			.uri("/api/admin/v1/sessions/current")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectStatus()
			.isNoContent();
		Mono.<Object>from(otherNode.authenticate(token))
			.hasElement()
			.as(StepVerifier::create)
			.expectNext(false)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void aSessionEndsAfterRestAndAfterItsFullTime() {
		String rested = logIn();
		this.clock.advance(Duration.ofHours(8).plusMinutes(1));
		current(rested).expectStatus().isUnauthorized();
		String used = logIn();
		this.clock.advance(Duration.ofHours(7));
		current(used).expectStatus().isOk();
		this.clock.advance(Duration.ofHours(4));
		current(used).expectStatus().isOk();
		this.clock.advance(Duration.ofHours(2));
		current(used).expectStatus().isUnauthorized();
	}

	@Test
	void fiveWrongPasswordsInAQuarterOfAnHourAreAllThatStrangersGet() {
		List<Integer> answers = Flux.range(0, 40)
			.flatMap((i) -> fromElsewhere("10.0.0." + i, "wrong " + i), 40)
			.collectList()
			.block(TIMEOUT);
		assertThat(Objects.requireNonNull(answers).stream().filter((status) -> status == 401)).hasSize(5);
		assertThat(answers.stream().filter((status) -> status == 429)).hasSize(35);
		assertThat(fromElsewhere("10.0.1.1", PASSWORD).block(TIMEOUT)).isEqualTo(429);
		this.clock.advance(Duration.ofMinutes(16));
		assertThat(fromElsewhere("10.0.1.1", PASSWORD).block(TIMEOUT)).isEqualTo(201);
	}

	@Test
	void strangersCannotLockOutTheOwner() {
		logIn();
		for (int i = 0; i < 6; i++) {
			fromElsewhere("10.0.2." + i, "wrong").block(TIMEOUT);
		}
		attempt(this.username, PASSWORD).expectStatus().isCreated();
	}

	@Test
	void theAnswerToTooManyTriesSaysWhenToComeBack() {
		logIn();
		for (int i = 0; i < 5; i++) {
			attempt(this.username, "wrong");
			this.clock.advance(Duration.ofSeconds(40));
		}
		attempt(this.username, PASSWORD).expectStatus()
			.isEqualTo(429)
			.expectHeader()
			.exists("Retry-After")
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:too-many-requests");
	}

	@Test
	void aClosedAccountIsOutOnItsNextRequest() {
		String token = logIn();
		this.database.sql("UPDATE staff_account SET active = false WHERE username = :username")
			.bind("username", this.username)
			.fetch()
			.rowsUpdated()
			.as(StepVerifier::create)
			.expectNext(1L)
			.expectComplete()
			.verify(TIMEOUT);
		current(token).expectStatus().isUnauthorized();
		attempt(this.username, PASSWORD).expectStatus().isUnauthorized();
	}

	@Test
	void neitherTokenNorPasswordIsStored() {
		String token = logIn();
		this.database.sql("""
				SELECT count(*) FROM staff_session s, staff_account a
				WHERE encode(s.token_digest, 'escape') LIKE :token OR a.password_hash LIKE :password
				""")
			.bind("token", "%" + token + "%")
			.bind("password", "%" + PASSWORD + "%")
			.mapValue(Long.class)
			.one()
			.as(StepVerifier::create)
			.expectNext(0L)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void unknownFieldsAndEmptyNamesAreRefused() {
		this.client.post()
			.uri("/api/admin/v1/sessions")
			.bodyValue(Map.of("username", "", "password", "x", "remember", true))
			.exchange()
			.expectStatus()
			.isEqualTo(422);
	}

	private Mono<Integer> fromElsewhere(String address, String password) {
		return this.loggingIn
			.logIn(new StaffLoggingIn.LogIn(Username.of(this.username), password, null, null, null, address,
					StaffDevice.fresh()))
			.map((done) -> 201)
			.onErrorResume(Problem.class, (problem) -> Mono.just(problem.status().value()));
	}

	private WebTestClient.ResponseSpec attempt(String name, String password) {
		return this.client.post()
			.uri("/api/admin/v1/sessions")
			.bodyValue(Map.of("username", name, "password", password))
			.exchange();
	}

	private String logIn() {
		Map<?, ?> session = attempt(this.username, PASSWORD).expectStatus()
			.isCreated()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody();
		return String.valueOf(Objects.requireNonNull(session).get("token"));
	}

	private WebTestClient.ResponseSpec current(String token) {
		return this.client.get()
			.uri("/api/admin/v1/sessions/current")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange();
	}

	private static String withoutTrace(byte[] body) {
		return new String(Objects.requireNonNull(body), StandardCharsets.UTF_8).replaceAll("\"traceId\":\"[^\"]*\"",
				"");
	}

}
