package cn.qingfeng.member.identity;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestMembers.TestMember;
import cn.qingfeng.TestSessions;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.staff.NewStaffAccount;
import cn.qingfeng.staff.Role;
import cn.qingfeng.staff.StaffAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is a member, or has an account, is not to be found out by asking: the answers are
 * the same to the byte, and take the same time. Times are lower quartiles of tries by
 * turns, so that whatever else the machine does falls on all sides, or out.
 */
@QingfengIT
class EnumerationIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final int TRIES = 15;

	/** An answer that skips the hash or the lookup would be several times as fast. */
	private static final double SAME_TIME = 1.5;

	private static final String PASSWORD = "nobody knows this one";

	@Autowired
	private WebTestClient client;

	@Autowired
	private Sandbox sandbox;

	@Autowired
	private TestMembers members;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private StaffAccounts accounts;

	@Autowired
	private DatabaseClient database;

	private Phones phones;

	@BeforeEach
	void phones() {
		this.phones = new Phones(this.client, this.sandbox);
		forgetGuesses();
	}

	@AfterEach
	void forgetGuesses() {
		this.database.sql("DELETE FROM guess").then().block(TIMEOUT);
	}

	@Test
	void loggingInDoesNotTellWhoHasAnAccount() {
		String open = "e" + UUID.randomUUID();
		String closed = "e" + UUID.randomUUID();
		this.accounts.open(List.of(NewStaffAccount.of(open, "有", PASSWORD, Role.AUTHOR),
				NewStaffAccount.of(closed, "停用", PASSWORD, Role.AUTHOR)))
			.block(TIMEOUT);
		this.database.sql("UPDATE staff_account SET active = false WHERE username = :name")
			.bind("name", closed)
			.then()
			.block(TIMEOUT);
		alike(List.of(() -> logIn(open, "wrong"), () -> logIn("e" + UUID.randomUUID(), "wrong"),
				() -> logIn(closed, PASSWORD), () -> logIn(closed, "wrong")));
	}

	@Test
	void bindingByPhoneDoesNotTellWhoIsAMember() {
		TestMember member = this.members.add("真名");
		String person = this.phones.person(member);
		String stranger = this.sandbox.people().add("路人", "138" + member.phone().substring(3)).id();
		TestMember left = this.members.add("离任");
		String former = this.phones.person(left);
		this.database.sql("UPDATE member SET status = 'LEFT' WHERE id = :id")
			.bind("id", left.id())
			.then()
			.block(TIMEOUT);
		String one = this.phones.logIn(person);
		String other = this.phones.logIn(stranger);
		String third = this.phones.logIn(former);
		alike(List.of(() -> this.phones.bindByPhone(one, person, "假名"),
				() -> this.phones.bindByPhone(other, stranger, "真名"),
				() -> this.phones.bindByPhone(third, former, "离任")));
	}

	@Test
	void bindingByCodeDoesNotTellWhichCodesThereAre() {
		TestMember member = this.members.add("有码");
		String token = this.phones.logIn(this.phones.person(member));
		Map<?, ?> made = Objects.requireNonNull(this.client.post()
			.uri("/api/admin/v1/members/{id}/binding-codes", member.id())
			.headers(this.sessions.staff("ADMIN"))
			.exchange()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody());
		String code = String.valueOf(made.get("code"));
		alike(List.of(() -> this.phones.bind(token, Map.of("name", "别名", "bindingCode", code)),
				() -> this.phones.bind(token, Map.of("name", "有码", "bindingCode", "ABCDE-12345")),
				() -> this.phones.bind(token, Map.of("name", "别名", "bindingCode", "00000"))));
	}

	@Test
	void searchingDoesNotTellStaffOfAUnitWhoIsInAnother() {
		TestMember foreign = this.members.add("外" + UUID.randomUUID().toString().substring(0, 8), "finance");
		CurrentStaff staff = new CurrentStaff(UUID.randomUUID(), UUID.randomUUID(), "own", Set.of("UNIT_ADMIN"),
				Set.of(unit("audit")));
		Set<String> answers = new TreeSet<>();
		for (String words : List.of(foreign.name(), foreign.phone(), "没有这个人", "13900000000")) {
			answers.add(new String(Objects.requireNonNull(this.client.get()
				.uri("/api/admin/v1/members?q={q}", words)
				.headers(this.sessions.as(staff))
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.returnResult()
				.getResponseBody()), StandardCharsets.UTF_8));
		}
		assertThat(answers).hasSize(1);
	}

	/** One body, and no kind of question slower or faster than the others. */
	private void alike(List<Supplier<WebTestClient.ResponseSpec>> questions) {
		Set<String> bodies = new TreeSet<>();
		List<long[]> times = questions.stream().map((question) -> new long[TRIES]).toList();
		for (int i = -3; i < TRIES; i++) {
			for (int kind = 0; kind < questions.size(); kind++) {
				forgetGuesses();
				long start = System.nanoTime();
				EntityExchangeResult<byte[]> answer = questions.get(kind).get().expectBody().returnResult();
				long took = System.nanoTime() - start;
				bodies.add(answer.getStatus() + text(answer));
				times.get(kind)[Math.max(i, 0)] = took;
			}
		}
		assertThat(bodies).hasSize(1);
		List<Long> quartiles = times.stream().map(EnumerationIT::lowerQuartile).sorted().toList();
		assertThat(quartiles.getLast()).as("quartiles %s", quartiles)
			.isLessThan((long) (SAME_TIME * quartiles.getFirst()) + 10_000_000);
	}

	private static long lowerQuartile(long[] times) {
		return Arrays.stream(times).sorted().toArray()[times.length / 4];
	}

	private static String text(EntityExchangeResult<byte[]> answer) {
		return new String(Objects.requireNonNull(answer.getResponseBody()), StandardCharsets.UTF_8)
			.replaceAll("\"traceId\":\"[^\"]*\"", "");
	}

	private WebTestClient.ResponseSpec logIn(String username, String password) {
		return this.client.post()
			.uri("/api/admin/v1/sessions")
			.bodyValue(Map.of("username", username, "password", password))
			.exchange();
	}

	private UUID unit(String key) {
		return Objects.requireNonNull(this.database.sql("SELECT id FROM unit WHERE key = :key")
			.bind("key", key)
			.mapValue(UUID.class)
			.one()
			.block(TIMEOUT));
	}

}
