package cn.qingfeng.member.identity;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestMembers.TestMember;
import cn.qingfeng.TestSessions;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.platform.database.Notices;
import cn.qingfeng.platform.security.CurrentStaff;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class MemberStandingIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Autowired
	private WebTestClient client;

	@Autowired
	private Sandbox sandbox;

	@Autowired
	private TestMembers members;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private MemberSessionRepository repository;

	@Autowired
	private Notices notices;

	@Autowired
	private MemberProperties properties;

	@Autowired
	private TestClock clock;

	private Phones phones;

	private Consumer<HttpHeaders> admin;

	@BeforeEach
	void somebody() {
		this.phones = new Phones(this.client, this.sandbox);
		this.admin = this.sessions.staff("ADMIN");
	}

	@Test
	void whoLeavesLosesAccessOnEveryNodeWithinASecond() {
		TestMember member = this.members.add("离开者");
		String person = this.phones.person(member);
		String token = this.phones.logIn(person);
		this.phones.bindByPhone(token, person, "离开者").expectStatus().isOk();
		MemberSessions here = node();
		MemberSessions otherNode = node();
		List.of(here, otherNode).forEach((node) -> assertKnown(node, token, true, Duration.ZERO));
		ask(this.admin, member.id(), "departure", Map.of("status", "LEFT")).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("LEFT")
			.jsonPath("$.bound")
			.isEqualTo(false);
		List.of(here, otherNode).forEach((node) -> assertKnown(node, token, false, Duration.ofSeconds(1)));
		String again = this.phones.logIn(person);
		this.phones.me(again).expectBody().jsonPath("$.member").isEmpty();
		this.phones.bindByPhone(again, person, "离开者").expectStatus().isNotFound();
	}

	@Test
	void whoIsReinstatedMayBindAgain() {
		TestMember member = this.members.add("返回者");
		String person = this.phones.person(member);
		ask(this.admin, member.id(), "retirement", null).expectStatus().isOk();
		ask(this.admin, member.id(), "retirement", null).expectStatus().isOk();
		ask(this.admin, member.id(), "departure", Map.of("status", "LEFT")).expectStatus().isEqualTo(409);
		ask(this.admin, member.id(), "reinstatement", null).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("ACTIVE");
		this.phones.bindByPhone(this.phones.logIn(person), person, "返回者").expectStatus().isOk();
		assertThat(
				history("SELECT string_agg(to_status, ' ' ORDER BY id) FROM member_status_change WHERE member_id = :id",
						member.id()))
			.isEqualTo("RETIRED ACTIVE");
	}

	@Test
	void aTransferIsKept() {
		TestMember member = this.members.add("调出者", "audit");
		for (int i = 0; i < 2; i++) {
			ask(this.admin, member.id(), "transfer", Map.of("unitId", unitId("finance"))).expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.unit.id")
				.isEqualTo(unitId("finance").toString());
		}
		this.client.get()
			.uri("/api/admin/v1/members/{id}/history", member.id())
			.headers(this.admin)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items.length()")
			.isEqualTo(1)
			.jsonPath("$.items[0].kind")
			.isEqualTo("UNIT")
			.jsonPath("$.items[0].from")
			.isEqualTo("市审计局")
			.jsonPath("$.items[0].to")
			.isEqualTo("市财政局");
		assertThat(history("""
				SELECT string_agg(f.key || '>' || t.key, ' ') FROM member_unit_change c
				JOIN unit f ON f.id = c.from_unit_id JOIN unit t ON t.id = c.to_unit_id WHERE c.member_id = :id
				""", member.id())).isEqualTo("audit>finance");
	}

	@Test
	void aForeignMemberIsNotFoundAndAForeignUnitTakesNobody() {
		TestMember foreign = this.members.add("外单位者", "finance");
		TestMember own = this.members.add("本单位者", "audit");
		Consumer<HttpHeaders> unitAdmin = this.sessions.as(new CurrentStaff(UUID.randomUUID(), UUID.randomUUID(),
				"unit-admin", Set.of("UNIT_ADMIN"), Set.of(unitId("audit"))));
		for (String path : List.of("retirement", "reinstatement")) {
			ask(unitAdmin, foreign.id(), path, null).expectStatus().isNotFound();
		}
		ask(unitAdmin, foreign.id(), "departure", Map.of("status", "LEFT")).expectStatus().isNotFound();
		ask(unitAdmin, foreign.id(), "transfer", Map.of("unitId", unitId("audit"))).expectStatus().isNotFound();
		ask(unitAdmin, own.id(), "transfer", Map.of("unitId", unitId("finance"))).expectStatus().isEqualTo(422);
	}

	private MemberSessions node() {
		return new MemberSessions(this.repository, this.properties, this.notices, this.clock,
				new SimpleMeterRegistry());
	}

	private static void assertKnown(MemberSessions node, String token, boolean known, Duration after) {
		Mono.delay(after)
			.then(Mono.defer(() -> node.authenticate(token).hasElement()))
			.as(StepVerifier::create)
			.expectNext(known)
			.expectComplete()
			.verify(TIMEOUT);
	}

	private WebTestClient.ResponseSpec ask(Consumer<HttpHeaders> who, UUID memberId, String what,
			@Nullable Map<String, ?> body) {
		WebTestClient.RequestBodySpec request = this.client.post()
			.uri("/api/admin/v1/members/{id}/{what}", memberId, what)
			.headers(who);
		return (body != null) ? request.bodyValue(body).exchange() : request.exchange();
	}

	private UUID unitId(String key) {
		return Objects.requireNonNull(this.database.sql("SELECT id FROM unit WHERE key = :key")
			.bind("key", key)
			.mapValue(UUID.class)
			.one()
			.block(TIMEOUT));
	}

	private String history(String sql, UUID memberId) {
		return Objects
			.requireNonNull(this.database.sql(sql).bind("id", memberId).mapValue(String.class).one().block(TIMEOUT));
	}

}
