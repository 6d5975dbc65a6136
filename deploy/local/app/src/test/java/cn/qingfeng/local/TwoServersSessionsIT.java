package cn.qingfeng.local;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import cn.qingfeng.local.TwoServers.Member;
import cn.qingfeng.seeds.roster.RosterGenerator;
import cn.qingfeng.seeds.roster.RosterPerson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whose access ends on one server loses it on the other within a second, with Redis and
 * without.
 */
class TwoServersSessionsIT {

	private static final Duration A_SECOND = Duration.ofSeconds(1);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String ME = "/api/v1/me";

	private static final String STAFF_ME = "/api/admin/v1/sessions/current";

	private static final String AUDIT = "/api/admin/v1/audit";

	private final TwoServers servers = TwoServers.running();

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whoLogsOutOnOneIsRefusedByTheOther(boolean redis) throws IOException, InterruptedException {
		RosterPerson person = RosterGenerator.generate(500).get(this.servers.nextRosterEntry());
		String token = this.servers.api(this.servers.one()).member(person.name(), person.phone());
		redisIsThere(redis);
		assertThat(this.servers.two().json(ApiCall.get(ME, token)).at("/member/name").asString())
			.isEqualTo(person.name());
		assertThat(this.servers.one().status(ApiCall.delete("/api/v1/sessions/current", token))).isEqualTo(204);
		refusedBySecondServer(ApiCall.get(ME, token), 401);
		assertThat(this.servers.one().status(ApiCall.get(ME, token))).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whoLeavesLosesAccessOnBoth(boolean redis) {
		Member member = this.servers.members(1).getFirst();
		redisIsThere(redis);
		assertThat(this.servers.two().status(ApiCall.get(ME, member.token()))).isEqualTo(200);
		String left = "/api/admin/v1/members/" + member.id() + "/departure";
		this.servers.one().json(ApiCall.post(left, this.servers.staff("admin"), Map.of("status", "LEFT")));
		refusedBySecondServer(ApiCall.get(ME, member.token()), 401);
		assertThat(this.servers.one().status(ApiCall.get(ME, member.token()))).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aRoleThatIsTakenAndASessionThatIsEndedOnOneCountOnTheOther(boolean redis) {
		String admin = this.servers.staff("admin");
		String auditor = this.servers.staff("auditor");
		redisIsThere(redis);
		assertThat(this.servers.two().status(ApiCall.get(AUDIT, auditor))).isEqualTo(200);
		String account = "/api/admin/v1/staff/"
				+ this.servers.one().json(ApiCall.get(STAFF_ME, auditor)).get("id").asString();
		try {
			assertThat(changed(account, admin, "AUTHOR")).isEqualTo(200);
			refusedBySecondServer(ApiCall.get(AUDIT, auditor), 403);
			assertThat(this.servers.two().status(ApiCall.get(STAFF_ME, auditor))).isEqualTo(200);
		}
		finally {
			assertThat(changed(account, admin, "AUDITOR")).isEqualTo(200);
		}
		sessionsOf("auditor", admin).forEach((session) -> assertThat(
				this.servers.one().status(ApiCall.delete("/api/admin/v1/sessions/" + session, admin)))
			.isEqualTo(204));
		refusedBySecondServer(ApiCall.get(STAFF_ME, auditor), 401);
	}

	@Test
	void aServerStartsWithoutRedisAndFindsItLater() {
		Member member = this.servers.members(1).getFirst();
		this.servers.two().kill();
		this.servers.killRedis();
		long before = found();
		this.servers.startDead();
		assertThat(this.servers.two().status(ApiCall.get("/api/v1/columns", null))).isEqualTo(200);
		assertThat(this.servers.two().status(ApiCall.get(ME, member.token()))).isEqualTo(200);
		this.servers.startRedis();
		await().atMost(PATIENCE).until(() -> found() == before + 1);
	}

	private long found() {
		return this.servers.two().output().lines().filter((line) -> line.endsWith("redis is there")).count();
	}

	private void redisIsThere(boolean there) {
		if (!there) {
			this.servers.killRedis();
		}
	}

	/**
	 * A call that began more than a second after the end must not pass; how long the
	 * calls themselves take is the machine's affair.
	 */
	private void refusedBySecondServer(ApiCall call, int status) {
		long ended = System.nanoTime();
		long begun = ended;
		HttpResponse<String> answer = this.servers.two().answer(call);
		while (answer.statusCode() == 200) {
			assertThat(Duration.ofNanos(begun - ended)).as("still let in").isLessThan(A_SECOND);
			begun = System.nanoTime();
			answer = this.servers.two().answer(call);
		}
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
	}

	private int changed(String account, String admin, String role) {
		HttpResponse<String> before = this.servers.one().answer(ApiCall.get(account, admin));
		String version = before.headers().firstValue("ETag").orElseThrow();
		Map<String, Object> change = new HashMap<>(
				Map.of("displayName", "审计老吴", "roles", List.of(role), "active", true));
		return this.servers.one().status(ApiCall.put(account, admin, change).ifMatch(version));
	}

	private List<String> sessionsOf(String username, String admin) {
		JsonNode page = this.servers.one().json(ApiCall.get("/api/admin/v1/sessions?limit=100", admin));
		return page.get("items")
			.valueStream()
			.filter((session) -> username.equals(session.get("username").asString()))
			.map((session) -> session.get("id").asString())
			.toList();
	}

}
