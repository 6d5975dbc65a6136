package cn.qingfeng.member.unit;

import java.time.Duration;
import java.util.HashMap;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class UnitKeepingIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final String UNITS = "/api/admin/v1/units";

	private static final String LEADERS = "/api/admin/v1/liaison-leaders";

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TestMembers members;

	@Autowired
	private DatabaseClient database;

	@Test
	void aUnitIsMadeRenamedMovedClosedAndOpenedAgain() {
		Consumer<HttpHeaders> admin = this.sessions.staff("ADMIN");
		JsonNode made = ok(call(admin, HttpMethod.POST, UNITS, draft("新设单位", unitId("finance")), null), 201);
		String path = UNITS + "/" + made.path("id").asString();
		assertThat(made.path("members").asInt()).isZero();
		assertThat(made.path("closed").asBoolean()).isFalse();
		JsonNode moved = ok(call(admin, HttpMethod.PUT, path, draft("改名单位", unitId("audit")), 0L), 200);
		assertThat(moved.path("name").asString()).isEqualTo("改名单位");
		assertThat(moved.path("parentId").asString()).isEqualTo(unitId("audit").toString());
		assertThat(status(call(admin, HttpMethod.PUT, path, draft("旧版本", unitId("audit")), 0L))).isEqualTo(412);
		assertThat(ok(call(admin, HttpMethod.POST, path + "/closure", null, 1L), 200).path("closed").asBoolean())
			.isTrue();
		assertThat(listed(admin, "")).doesNotContain("改名单位");
		assertThat(listed(admin, "?closed=true")).contains("改名单位");
		assertThat(type(call(admin, HttpMethod.PUT, path, draft("已关闭", unitId("audit")), 2L))).isEqualTo("unit-closed");
		assertThat(ok(call(admin, HttpMethod.POST, path + "/reopening", null, 2L), 200).path("closed").asBoolean())
			.isFalse();
		EntityExchangeResult<JsonNode> read = call(admin, HttpMethod.GET, path, null, null);
		assertThat(read.getResponseHeaders().getETag()).isEqualTo("\"3\"");
		assertThat(audited(made.path("id").asString())).containsExactly("unit.create", "unit.change", "unit.close",
				"unit.reopen");
	}

	@Test
	void aUnitIsNeverBelowItself() {
		Consumer<HttpHeaders> admin = this.sessions.staff("ADMIN");
		UUID above = make(admin, "上级", unitId("audit"));
		UUID below = make(admin, "下级", above);
		for (UUID parent : List.of(above, below)) {
			assertThat(fields(call(admin, HttpMethod.PUT, UNITS + "/" + above, draft("上级", parent), 0L)))
				.contains("parentId");
		}
	}

	@Test
	void twoMovesAtOnceMakeNoCircle() {
		Consumer<HttpHeaders> admin = this.sessions.staff("ADMIN");
		UUID one = make(admin, "甲环", unitId("audit"));
		UUID two = make(admin, "乙环", unitId("audit"));
		List<Integer> answers = Flux.just(List.of(one, two), List.of(two, one))
			.parallel(2)
			.runOn(Schedulers.boundedElastic())
			.map((pair) -> status(call(admin, HttpMethod.PUT, UNITS + "/" + pair.getFirst(),
					draft(pair.getFirst().equals(one) ? "甲环" : "乙环", pair.getLast()), 0L)))
			.sequential()
			.collectList()
			.blockOptional(TIMEOUT)
			.orElseThrow();
		assertThat(answers).containsExactlyInAnyOrder(200, 422);
	}

	@Test
	void aUnitInUseIsNotClosedAndNobodyComesIntoAClosedOne() {
		Consumer<HttpHeaders> admin = this.sessions.staff("ADMIN");
		UUID unit = make(admin, "将关闭", unitId("audit"));
		UUID below = make(admin, "将关闭的下级", unit);
		assertThat(type(close(admin, unit, 0))).isEqualTo("unit-in-use");
		assertThat(status(close(admin, below, 0))).isEqualTo(200);
		TestMember member = this.members.add("最后一人", "audit");
		assertThat(status(transfer(admin, member, unit))).isEqualTo(200);
		assertThat(type(close(admin, unit, 0))).isEqualTo("unit-in-use");
		assertThat(status(
				call(admin, HttpMethod.POST, "/api/admin/v1/members/" + member.id() + "/retirement", null, null)))
			.isEqualTo(200);
		assertThat(status(close(admin, unit, 0))).isEqualTo(200);
		TestMember other = this.members.add("来晚了", "audit");
		assertThat(type(transfer(admin, other, unit))).isEqualTo("unit-closed");
		assertThat(type(
				call(admin, HttpMethod.POST, "/api/admin/v1/members/" + member.id() + "/reinstatement", null, null)))
			.isEqualTo("unit-closed");
		assertThat(status(call(admin, HttpMethod.POST, UNITS + "/" + below + "/reopening", null, 1L))).isEqualTo(409);
	}

	@Test
	void aUnitAdministratorKeepsWhatIsBelowTheirOwn() {
		UUID own = make(this.sessions.staff("ADMIN"), "自管单位", unitId("audit"));
		Consumer<HttpHeaders> limited = limited(own);
		UUID below = make(limited, "自管下级", own);
		assertThat(status(call(limited, HttpMethod.PUT, UNITS + "/" + own, draft("自管改名", unitId("audit")), 0L)))
			.as("renamed where it is")
			.isEqualTo(200);
		assertThat(fields(call(limited, HttpMethod.PUT, UNITS + "/" + below, draft("自管下级", unitId("finance")), 0L)))
			.containsExactly("parentId");
		assertThat(fields(call(limited, HttpMethod.POST, UNITS, draft("顶层单位", null), null)))
			.containsExactly("parentId");
		assertThat(status(call(limited, HttpMethod.PUT, UNITS + "/" + unitId("finance"),
				draft("市财政局", unitId("city-organs")), 0L)))
			.isEqualTo(404);
		assertThat(status(close(limited, unitId("finance"), 0))).isEqualTo(404);
		assertThat(status(call(limited, HttpMethod.POST, LEADERS, leader("赵联系", List.of()), null))).isEqualTo(403);
	}

	@Test
	void aUnitHasANameOfItsOwnAndAKnownKind() {
		Consumer<HttpHeaders> admin = this.sessions.staff("ADMIN");
		Map<String, Object> draft = draft("市财政局", unitId("audit"));
		draft.put("kind", "NONSENSE");
		assertThat(fields(call(admin, HttpMethod.POST, UNITS, draft, null))).containsExactlyInAnyOrder("name", "kind");
		assertThat(ok(call(admin, HttpMethod.GET, "/api/admin/v1/unit-kinds", null, null), 200).path("items")
			.valueStream()
			.map((kind) -> kind.path("key").asString())).contains("PARTY_DEPARTMENT", "STATE_ENTERPRISE");
	}

	@Test
	void aLiaisonLeaderLooksAfterOrganisationsThatNobodyElseDoes() {
		Consumer<HttpHeaders> admin = this.sessions.staff("ADMIN");
		UUID one = make(admin, "联系甲", unitId("audit"));
		UUID two = make(admin, "联系乙", unitId("audit"));
		JsonNode first = ok(call(admin, HttpMethod.POST, LEADERS, leader("钱联系", List.of(one, two)), null), 201);
		String path = LEADERS + "/" + first.path("id").asString();
		assertThat(unitNames(first)).containsExactlyInAnyOrder("联系甲", "联系乙");
		JsonNode second = ok(call(admin, HttpMethod.POST, LEADERS, leader("孙联系", List.of(two)), null), 201);
		assertThat(unitNames(second)).containsExactly("联系乙");
		assertThat(status(call(admin, HttpMethod.PUT, path, leader("钱联系", List.of(one)), 0L)))
			.as("it lost a unit meanwhile")
			.isEqualTo(412);
		assertThat(unitNames(ok(call(admin, HttpMethod.PUT, path, leader("钱联系", List.of()), 1L), 200))).isEmpty();
		assertThat(ok(call(admin, HttpMethod.GET, UNITS + "/" + two, null, null), 200).path("liaisonLeader")
			.path("name")
			.asString()).isEqualTo("孙联系");
		assertThat(unitNames(ok(call(limited(one), HttpMethod.GET, LEADERS, null, null), 200).path("items")
			.valueStream()
			.filter((leader) -> leader.path("name").asString().equals("孙联系"))
			.findFirst()
			.orElseThrow())).as("a foreign unit").isEmpty();
		assertThat(fields(call(admin, HttpMethod.PUT, path, leader("钱联系", List.of(UUID.randomUUID())), 2L)))
			.containsExactly("unitIds");
		assertThat(status(call(admin, HttpMethod.DELETE, LEADERS + "/" + second.path("id").asString(), null, 0L)))
			.isEqualTo(204);
		assertThat(ok(call(admin, HttpMethod.GET, UNITS + "/" + two, null, null), 200).path("liaisonLeader").isNull())
			.isTrue();
	}

	private UUID make(Consumer<HttpHeaders> who, String name, UUID parent) {
		return UUID
			.fromString(ok(call(who, HttpMethod.POST, UNITS, draft(name, parent), null), 201).path("id").asString());
	}

	private EntityExchangeResult<JsonNode> close(Consumer<HttpHeaders> who, UUID unit, long version) {
		return call(who, HttpMethod.POST, UNITS + "/" + unit + "/closure", null, version);
	}

	private EntityExchangeResult<JsonNode> transfer(Consumer<HttpHeaders> who, TestMember member, UUID unit) {
		return call(who, HttpMethod.POST, "/api/admin/v1/members/" + member.id() + "/transfer", Map.of("unitId", unit),
				null);
	}

	private static Map<String, Object> draft(String name, @Nullable UUID parent) {
		Map<String, Object> draft = new HashMap<>(Map.of("name", name, "kind", "STATE_ORGAN", "order", 7));
		if (parent != null) {
			draft.put("parentId", parent);
		}
		return draft;
	}

	private static Map<String, Object> leader(String name, List<UUID> units) {
		return Map.of("name", name, "title", "市委常委", "order", 9, "unitIds", units);
	}

	private static List<String> unitNames(JsonNode leader) {
		return leader.path("units").valueStream().map((unit) -> unit.path("name").asString()).toList();
	}

	private List<String> listed(Consumer<HttpHeaders> who, String query) {
		return ok(call(who, HttpMethod.GET, UNITS + query, null, null), 200).path("items")
			.valueStream()
			.map((unit) -> unit.path("name").asString())
			.toList();
	}

	private List<String> audited(String subject) {
		return Objects
			.requireNonNull(this.database.sql("SELECT action FROM audit_entry WHERE subject = :id ORDER BY id")
				.bind("id", subject)
				.mapValue(String.class)
				.all()
				.collectList()
				.block(TIMEOUT));
	}

	private EntityExchangeResult<JsonNode> call(Consumer<HttpHeaders> who, HttpMethod method, String uri,
			@Nullable Object body, @Nullable Long version) {
		WebTestClient.RequestBodySpec request = this.client.method(method).uri(uri).headers(who);
		if (version != null) {
			request.header(HttpHeaders.IF_MATCH, "\"" + version + "\"");
		}
		return ((body != null) ? request.bodyValue(body) : request).exchange()
			.expectBody(JsonNode.class)
			.returnResult();
	}

	private static JsonNode ok(EntityExchangeResult<JsonNode> answer, int status) {
		assertThat(answer.getStatus().value()).as(String.valueOf(answer.getResponseBody())).isEqualTo(status);
		return Objects.requireNonNull(answer.getResponseBody());
	}

	private static int status(EntityExchangeResult<JsonNode> answer) {
		return answer.getStatus().value();
	}

	private static String type(EntityExchangeResult<JsonNode> answer) {
		return Objects.requireNonNull(answer.getResponseBody())
			.path("type")
			.asString()
			.replace("urn:qingfeng:problem:", "");
	}

	private static List<String> fields(EntityExchangeResult<JsonNode> answer) {
		return Objects.requireNonNull(answer.getResponseBody())
			.path("errors")
			.valueStream()
			.map((error) -> error.path("field").asString())
			.toList();
	}

	private Consumer<HttpHeaders> limited(UUID unit) {
		return this.sessions
			.as(new CurrentStaff(UUID.randomUUID(), UUID.randomUUID(), "limited", Set.of("UNIT_ADMIN"), Set.of(unit)));
	}

	private UUID unitId(String key) {
		return Objects.requireNonNull(this.database.sql("SELECT id FROM unit WHERE key = :key")
			.bind("key", key)
			.mapValue(UUID.class)
			.one()
			.block(TIMEOUT));
	}

}
