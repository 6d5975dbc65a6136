package cn.qingfeng.contract;

import java.nio.charset.StandardCharsets;
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
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.staff.Role;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every route that staff of a unit may call, with every role, on things of a foreign
 * unit: who has the role is told that there is no such thing.
 */
@QingfengIT
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnitScopeIT {

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TestMembers members;

	@Autowired
	private DatabaseClient database;

	private UUID ownUnit = new UUID(0, 0);

	private String secret = "";

	private Map<String, String> foreign = Map.of();

	static List<Operation> routesOnOneThing() {
		return ofUnits().stream().filter((operation) -> operation.path().contains("{")).toList();
	}

	static List<Operation> lists() {
		return ofUnits().stream()
			.filter((operation) -> operation.method() == HttpMethod.GET && !operation.path().contains("{"))
			.toList();
	}

	@BeforeAll
	void somethingOfAForeignUnit() {
		this.ownUnit = Objects.requireNonNull(this.database.sql(
				"SELECT u.id FROM unit u WHERE u.key <> :key AND NOT EXISTS (SELECT 1 FROM unit c WHERE c.parent_id = u.id) LIMIT 1")
			.bind("key", "audit")
			.mapValue(UUID.class)
			.one()
			.block(Duration.ofSeconds(30)));
		this.secret = "外单位" + UUID.randomUUID();
		TestMember member = this.members.add(this.secret);
		Map<?, ?> message = this.client.post()
			.uri("/api/v1/feedback")
			.headers(this.sessions.member(UUID.randomUUID(), member.id()))
			.bodyValue(Map.of("kind", "SUGGESTION", "text", this.secret))
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody();
		this.foreign = Map.of("/api/admin/v1/members/{id}", member.id().toString(), "/api/admin/v1/feedback/{id}",
				String.valueOf(Objects.requireNonNull(message).get("id")), "/api/admin/v1/units/{id}", foreignUnit(),
				"/api/admin/v1/binding-appeals/{id}", appeal(this.members.add("被申诉者")));
	}

	private String foreignUnit() {
		return String.valueOf(this.database.sql("SELECT id FROM unit WHERE key = 'audit'")
			.mapValue(UUID.class)
			.one()
			.block(Duration.ofSeconds(30)));
	}

	/** About the foreign member, by somebody with an account that is not bound. */
	private String appeal(TestMember member) {
		UUID account = UUID.randomUUID();
		this.database.sql("""
				INSERT INTO wechat_account (id, appid, openid, follows, text_size, created_at)
				VALUES (:id, 'scope', :id::text, false, 'standard', now())
				""").bind("id", account).then().block(Duration.ofSeconds(30));
		Map<?, ?> appeal = this.client.post()
			.uri("/api/v1/me/binding-appeals")
			.headers(this.sessions.account(account))
			.bodyValue(Map.of("name", member.name(), "phone", member.phone(), "reason", this.secret, "contact",
					"13988887777"))
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody();
		return String.valueOf(Objects.requireNonNull(appeal).get("id"));
	}

	@ParameterizedTest
	@MethodSource("routesOnOneThing")
	void aThingOfAForeignUnitIsNotThere(Operation operation) {
		SoftAssertions softly = new SoftAssertions();
		for (Role role : Role.values()) {
			EntityExchangeResult<byte[]> answer = call(operation, ofOwnUnit(role));
			softly.assertThat(answer.getStatus().value())
				.as("%s as %s", operation, role)
				.isEqualTo(operation.admits(role.name()) ? 404 : 403);
			softly.assertThat(refusals(answer))
				.as("%s as %s in the audit", operation, role)
				.isEqualTo(operation.admits(role.name()) ? 1 : 0);
		}
		softly.assertAll();
	}

	@ParameterizedTest
	@MethodSource("lists")
	void aListHoldsNothingOfAForeignUnit(Operation operation) {
		for (Role role : Arrays.stream(Role.values()).filter((each) -> operation.admits(each.name())).toList()) {
			byte[] body = call(operation, ofOwnUnit(role)).getResponseBody();
			assertThat(new String((body != null) ? body : new byte[0], StandardCharsets.UTF_8))
				.as("%s as %s", operation, role)
				.doesNotContain(this.secret);
		}
	}

	private long refusals(EntityExchangeResult<byte[]> answer) {
		return Objects.requireNonNull(this.database
			.sql("SELECT count(*) FROM audit_entry WHERE trace = :trace AND result = 'REFUSED' AND action = :action")
			.bind("trace", String.valueOf(answer.getResponseHeaders().getFirst("X-Trace-Id")))
			.bind("action", "access.not-found")
			.mapValue(Long.class)
			.one()
			.block(Duration.ofSeconds(30)));
	}

	private static List<Operation> ofUnits() {
		return Operation.all()
			.stream()
			.filter((operation) -> operation.isOfStaff() && operation.admits(Role.UNIT_ADMIN.name())
					&& !operation.admits("nobody at all"))
			.toList();
	}

	private Consumer<HttpHeaders> ofOwnUnit(Role role) {
		return this.sessions.as(new CurrentStaff(UUID.randomUUID(), UUID.randomUUID(), "own", Set.of(role.name()),
				Set.of(this.ownUnit)));
	}

	private EntityExchangeResult<byte[]> call(Operation operation, Consumer<HttpHeaders> caller) {
		WebTestClient.RequestBodySpec request = this.client.method(operation.method())
			.uri(path(operation))
			.headers(caller)
			.header("If-Match", "\"0\"");
		if (operation.body().isObject()) {
			request.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(Samples.JSON.writeValueAsBytes(new Samples(operation, Map.of()).valid()));
		}
		return request.exchange().expectBody().returnResult();
	}

	private String path(Operation operation) {
		return this.foreign.entrySet()
			.stream()
			.filter((one) -> operation.path().startsWith(one.getKey()))
			.map((one) -> operation.path().replaceFirst("\\{\\w+}", one.getValue()))
			.findFirst()
			.orElse(operation.path())
			.replaceAll("\\{\\w+}", UUID.randomUUID().toString());
	}

}
