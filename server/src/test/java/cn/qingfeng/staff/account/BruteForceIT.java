package cn.qingfeng.staff.account;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.platform.problem.Problem;
import cn.qingfeng.staff.NewStaffAccount;
import cn.qingfeng.staff.Role;
import cn.qingfeng.staff.StaffAccounts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.ResponseCookie;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Guessing at passwords by the thousand. Whatever the outside says about where it comes
 * from, an account gives strangers five guesses in a quarter of an hour.
 */
@QingfengIT
class BruteForceIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(120);

	private static final String PASSWORD = "wind over the lake";

	private static final int AT_ONCE = 16;

	@Autowired
	private WebTestClient client;

	@Autowired
	private StaffAccounts accounts;

	@Autowired
	private StaffLoggingIn loggingIn;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private TestClock clock;

	private final String username = "b" + UUID.randomUUID();

	@BeforeEach
	void openAccount() {
		this.accounts.open(List.of(NewStaffAccount.of(this.username, "被猜的人", PASSWORD, Role.AUTHOR))).block(TIMEOUT);
		forgetGuesses();
	}

	/** Those of this address would slow the other tests of the shared server down. */
	@AfterEach
	void forgetGuesses() {
		this.clock.reset();
		this.database.sql("DELETE FROM guess").then().block(TIMEOUT);
	}

	@Test
	void aThousandPasswordsOnOneAccountAreFiveHoweverManyAddressesTheyComeFrom() {
		List<Integer> answers = answers(1_000,
				(i) -> logIn(this.username, "guess " + i, "10.1.%d.%d".formatted(i % 100, i % 7)));
		assertThat(answers).filteredOn((status) -> status == 401).hasSize(5);
		assertThat(answers).filteredOn((status) -> status == 429).hasSize(995);
	}

	@Test
	void onePasswordOnAThousandAccountsIsAHundredFromOneAddress() {
		List<Integer> answers = answers(1_000, (i) -> logIn("nobody" + UUID.randomUUID(), PASSWORD, "10.2.0.1"));
		assertThat(answers).filteredOn((status) -> status == 401).hasSize(100);
		assertThat(answers).filteredOn((status) -> status == 429).hasSize(900);
	}

	@Test
	void whatAStrangerWritesIntoForwardedForBuysNoFurtherGuess() {
		for (int i = 0; i < 5; i++) {
			this.clock.advance(Duration.ofSeconds(40));
			attempt("wrong", null, "203.0.113." + i).expectStatus().isUnauthorized();
		}
		attempt("wrong", null, "198.51.100.77").expectStatus().isEqualTo(429);
		attempt(PASSWORD, null, "198.51.100.78").expectStatus().isEqualTo(429);
	}

	@Test
	void inABrowserThatIsKnownTheOwnerLogsInWhileStrangersGuessFromTheSameAddress() {
		ResponseCookie device = Objects.requireNonNull(attempt(PASSWORD, null, null).expectStatus()
			.isCreated()
			.expectBody()
			.returnResult()
			.getResponseCookies()
			.getFirst(StaffDevice.COOKIE));
		assertThat(device.isHttpOnly()).isTrue();
		assertThat(device.getSameSite()).isEqualTo("Strict");
		for (int i = 0; i < 5; i++) {
			this.clock.advance(Duration.ofSeconds(40));
			attempt("wrong", StaffDevice.fresh().value(), null).expectStatus().isUnauthorized();
		}
		attempt(PASSWORD, StaffDevice.fresh().value(), null).expectStatus().isEqualTo(429);
		attempt(PASSWORD, device.getValue(), null).expectStatus()
			.isCreated()
			.expectCookie()
			.valueEquals(StaffDevice.COOKIE, device.getValue());
	}

	@Test
	void aKnownBrowserHasFiveGuessesToo() {
		String device = StaffDevice.fresh().value();
		attempt(PASSWORD, device, null).expectStatus().isCreated();
		for (int i = 0; i < 5; i++) {
			this.clock.advance(Duration.ofSeconds(40));
			attempt("wrong", device, null).expectStatus().isUnauthorized();
		}
		attempt(PASSWORD, device, null).expectStatus().isEqualTo(429);
		this.clock.advance(Duration.ofMinutes(16));
		attempt(PASSWORD, device, null).expectStatus().isCreated();
	}

	@Test
	void aBrowserOfOneAccountIsAStrangerToAnother() {
		String other = "c" + UUID.randomUUID();
		this.accounts.open(List.of(NewStaffAccount.of(other, "另一人", PASSWORD, Role.AUTHOR))).block(TIMEOUT);
		String device = StaffDevice.fresh().value();
		attempt(PASSWORD, device, null).expectStatus().isCreated();
		List<Integer> strangers = answers(40, (i) -> logIn(other, "guess " + i, "10.3.0." + i));
		assertThat(strangers).filteredOn((status) -> status == 401).hasSize(5);
		assertThat(logIn(other, PASSWORD, "10.3.1.1", new StaffDevice(device)).block(TIMEOUT)).isEqualTo(429);
	}

	private static List<Integer> answers(int tries, IntFunction<Mono<Integer>> one) {
		return Objects.requireNonNull(Flux.fromStream(IntStream.range(0, tries).boxed())
			.flatMap(one::apply, AT_ONCE)
			.collectList()
			.block(TIMEOUT));
	}

	private Mono<Integer> logIn(String name, String password, String address) {
		return logIn(name, password, address, StaffDevice.fresh());
	}

	private Mono<Integer> logIn(String name, String password, String address, StaffDevice device) {
		return this.loggingIn
			.logIn(new StaffLoggingIn.LogIn(Username.of(name), password, null, null, null, address, device))
			.map((done) -> 201)
			.onErrorResume(Problem.class, (problem) -> Mono.just(problem.status().value()));
	}

	private WebTestClient.ResponseSpec attempt(String password, @Nullable String device, @Nullable String forwarded) {
		WebTestClient.RequestBodySpec request = this.client.post().uri("/api/admin/v1/sessions");
		if (device != null) {
			request.cookie(StaffDevice.COOKIE, device);
		}
		if (forwarded != null) {
			request.header("X-Forwarded-For", forwarded);
		}
		return request.bodyValue(Map.of("username", this.username, "password", password)).exchange();
	}

}
