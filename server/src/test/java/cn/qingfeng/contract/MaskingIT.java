package cn.qingfeng.contract;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestMembers.TestMember;
import cn.qingfeng.TestSessions;
import cn.qingfeng.member.privacy.IdNumber;
import cn.qingfeng.member.privacy.PersonalData;
import cn.qingfeng.member.privacy.SealedText;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.staff.Role;
import cn.qingfeng.volunteer.VolunteerFixtures;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A phone number and an identity number are looked for in everything that anybody may
 * read: every route, every role, and every other member. Only the view that is made for
 * it, with a purpose, shows one.
 */
@QingfengIT
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MaskingIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final IdNumber ID_NUMBER = Arrays.stream("0123456789X".split(""))
		.flatMap((check) -> IdNumber.parse("37028519850101003" + check).stream())
		.findFirst()
		.orElseThrow();

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TestMembers members;

	@Autowired
	private PersonalData personalData;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private Clock clock;

	private Map<String, String> paths = Map.of();

	private UUID unit = new UUID(0, 0);

	private TestMember member = new TestMember(new UUID(0, 0), "", "", "");

	static List<Operation> reads() {
		return Operation.all().stream().filter((operation) -> operation.method() == HttpMethod.GET).toList();
	}

	/** Somebody on the roster, at an event, in the complaint box. */
	@BeforeAll
	void aMemberWhoDidEverything() {
		this.member = this.members.add("被遮住的人");
		this.unit = Objects.requireNonNull(this.database.sql("SELECT unit_id FROM member WHERE id = :id")
			.bind("id", this.member.id())
			.mapValue(UUID.class)
			.one()
			.block(TIMEOUT));
		SealedText sealed = ID_NUMBER.seal(this.personalData, this.member.id());
		this.database
			.sql("""
					UPDATE member SET id_cipher = :cipher, id_key = :key, id_index = :index, id_masked = :masked WHERE id = :id
					""")
			.bind("cipher", sealed.bytes())
			.bind("key", sealed.keyId())
			.bind("index", ID_NUMBER.index(this.personalData))
			.bind("masked", ID_NUMBER.masked())
			.bind("id", this.member.id())
			.then()
			.block(TIMEOUT);
		Consumer<HttpHeaders> self = this.sessions.member(UUID.randomUUID(), this.member.id());
		VolunteerFixtures volunteers = new VolunteerFixtures(this.client, this.sessions, this.clock);
		String event = volunteers.ongoing(5);
		volunteers.register(event, self);
		Map<?, ?> message = this.client.post()
			.uri("/api/v1/feedback")
			.headers(self)
			.bodyValue(Map.of("kind", "SUGGESTION", "text", "建议"))
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody();
		this.paths = Map.of("/api/admin/v1/members/{id}", this.member.id().toString(), "/api/admin/v1/events/{id}",
				event, "/api/v1/events/{id}", event, "/api/admin/v1/feedback/{id}",
				String.valueOf(Objects.requireNonNull(message).get("id")));
	}

	@ParameterizedTest
	@MethodSource("reads")
	void noRouteShowsTheNumbersOfAMemberToAnybodyElse(Operation operation) {
		SoftAssertions softly = new SoftAssertions();
		for (Role role : Role.values()) {
			if (operation.isOfStaff() && operation.admits(role.name())) {
				softly.assertThat(read(operation, this.sessions.staff(role.name())))
					.as("%s as %s", operation, role)
					.doesNotContain(this.member.phone(), ID_NUMBER.digits());
				softly.assertThat(read(operation, ofTheUnit(role)))
					.as("%s as %s of the unit", operation, role)
					.doesNotContain(this.member.phone(), ID_NUMBER.digits());
			}
		}
		if (!operation.isOfStaff()) {
			softly.assertThat(read(operation, this.sessions.member(UUID.randomUUID(), this.members.add("旁人").id())))
				.as("%s as another member", operation)
				.doesNotContain(this.member.phone(), ID_NUMBER.digits(), this.member.name());
		}
		softly.assertAll();
	}

	@Test
	void theRosterShowsTheNumbersMasked() {
		String roster = read("/api/admin/v1/members?q=" + this.member.name(), this.sessions.staff("ADMIN"));
		assertThat(roster).contains(this.member.name(),
				this.member.phone().substring(0, 3) + "****" + this.member.phone().substring(7));
	}

	@Test
	void theViewThatIsMadeForItIsForTheStatedRolesWithAPurposeAndIsWrittenDown() {
		for (Role role : Role.values()) {
			boolean admitted = List.of(Role.ADMIN, Role.UNIT_ADMIN).contains(role);
			long before = views();
			String answer = this.client.post()
				.uri("/api/admin/v1/members/{id}/phone-views", this.member.id())
				.headers(ofTheUnit(role))
				.bodyValue(Map.of("purpose", "核对报名信息"))
				.exchange()
				.expectStatus()
				.isEqualTo(admitted ? 201 : 403)
				.expectBody(String.class)
				.returnResult()
				.getResponseBody();
			assertThat(String.valueOf(answer).contains(this.member.phone())).as("%s", role).isEqualTo(admitted);
			assertThat(views() - before).as("%s", role).isEqualTo(admitted ? 1 : 0);
		}
	}

	private long views() {
		return Objects.requireNonNull(this.database
			.sql("SELECT count(*) FROM audit_entry WHERE action = 'member.view-phone' AND subject = :id")
			.bind("id", this.member.id().toString())
			.mapValue(Long.class)
			.one()
			.block(TIMEOUT));
	}

	private Consumer<HttpHeaders> ofTheUnit(Role role) {
		return this.sessions
			.as(new CurrentStaff(UUID.randomUUID(), UUID.randomUUID(), "own", Set.of(role.name()), Set.of(this.unit)));
	}

	private String read(Operation operation, Consumer<HttpHeaders> caller) {
		String path = this.paths.entrySet()
			.stream()
			.filter((one) -> operation.path().startsWith(one.getKey()))
			.map((one) -> operation.path().replaceFirst("\\{\\w+}", one.getValue()))
			.findFirst()
			.orElse(operation.path())
			.replaceAll("\\{\\w+}", UUID.randomUUID().toString());
		return read(path, caller);
	}

	private String read(String path, Consumer<HttpHeaders> caller) {
		byte[] body = this.client.get()
			.uri(path)
			.headers(caller)
			.exchange()
			.expectBody()
			.returnResult()
			.getResponseBody();
		return (body != null) ? new String(body, StandardCharsets.UTF_8) : "";
	}

}
