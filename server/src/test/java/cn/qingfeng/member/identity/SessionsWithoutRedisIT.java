package cn.qingfeng.member.identity;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestServers;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.platform.database.Notices;
import cn.qingfeng.platform.redis.RedisGate;
import cn.qingfeng.staff.NewStaffAccount;
import cn.qingfeng.staff.Role;
import cn.qingfeng.staff.StaffAccounts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Sessions when Redis has forgotten everything, and when it does not answer at all: who
 * is in stays in, and who was sent out does not come back, on no node.
 */
@QingfengIT
class SessionsWithoutRedisIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final String PASSWORD = "wind without redis";

	@Autowired
	private WebTestClient client;

	@Autowired
	private Sandbox sandbox;

	@Autowired
	private TestMembers members;

	@Autowired
	private StaffAccounts accounts;

	@Autowired
	private RedissonClient redis;

	@Autowired
	private RedisGate gate;

	@Autowired
	private MemberSessionRepository repository;

	@Autowired
	private Notices notices;

	@Autowired
	private MemberProperties properties;

	@Autowired
	private Clock clock;

	private final String username = "r" + UUID.randomUUID();

	private String person;

	private Phones phones;

	private MemberSessions otherNode;

	@BeforeEach
	void somebody() {
		this.phones = new Phones(this.client, this.sandbox);
		this.person = this.phones.person(this.members.add("没有缓存"));
		this.otherNode = new MemberSessions(this.repository, this.properties, this.notices, this.clock,
				new SimpleMeterRegistry());
		this.accounts.open(List.of(NewStaffAccount.of(this.username, "编辑", PASSWORD, Role.AUTHOR))).block(TIMEOUT);
	}

	@AfterEach
	void redisIsThereAgain() throws IOException, InterruptedException {
		signal("CONT");
		await().atMost(TIMEOUT).until(this.gate::isOpen);
	}

	@Test
	void anEmptyRedisEndsNoSessionAndRevivesNone() {
		String ended = this.phones.logIn(this.person);
		String kept = this.phones.logIn(this.person);
		String staff = staffLogIn();
		logOut(ended);
		this.redis.getKeys().flushall();
		everythingIsAsItWas(ended, kept, staff);
	}

	@Test
	void aRedisThatDoesNotAnswerEndsNoSessionAndRevivesNone() throws IOException, InterruptedException {
		String before = this.phones.logIn(this.person);
		String kept = this.phones.logIn(this.person);
		String staff = staffLogIn();
		logOut(before);
		signal("STOP");
		await().atMost(TIMEOUT).until(() -> !this.gate.isOpen());
		String during = staffLogIn();
		endStaffSession(during);
		assertThat(staffStatus(during)).isEqualTo(401);
		String second = kept;
		everythingIsAsItWas(before, second, staff);
		logOut(second);
		this.phones.me(second).expectStatus().isUnauthorized();
		await().atMost(Duration.ofSeconds(2))
			.until(() -> Boolean.FALSE.equals(this.otherNode.authenticate(second).hasElement().block(TIMEOUT)));
	}

	private void everythingIsAsItWas(String ended, String kept, String staff) {
		this.phones.me(ended).expectStatus().isUnauthorized();
		this.phones.me(kept).expectStatus().isOk();
		assertThat(this.otherNode.authenticate(ended).hasElement().block(TIMEOUT)).isFalse();
		assertThat(this.otherNode.authenticate(kept).hasElement().block(TIMEOUT)).isTrue();
		assertThat(staffStatus(staff)).isEqualTo(200);
	}

	private void logOut(String token) {
		this.client.delete()
			.uri("/api/v1/sessions/current")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectStatus()
			.isNoContent();
	}

	private String staffLogIn() {
		return String.valueOf(
				Objects
					.requireNonNull(this.client.post()
						.uri("/api/admin/v1/sessions")
						.bodyValue(Map.of("username", this.username, "password", PASSWORD))
						.exchange()
						.expectStatus()
						.isCreated()
						.expectBody(Map.class)
						.returnResult()
						.getResponseBody())
					.get("token"));
	}

	private void endStaffSession(String token) {
		this.client.delete()
			.uri("/api/admin/v1/sessions/current")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectStatus()
			.isNoContent();
	}

	private int staffStatus(String token) {
		return this.client.get()
			.uri("/api/admin/v1/sessions/current")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectBody()
			.returnResult()
			.getStatus()
			.value();
	}

	private static void signal(String name) throws IOException, InterruptedException {
		new ProcessBuilder("kill", "-" + name, Long.toString(TestServers.redis().pid())).start().waitFor();
	}

}
