package cn.qingfeng.member.roster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
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
import cn.qingfeng.platform.sheet.SheetReader;
import cn.qingfeng.platform.sheet.SheetRow;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class RosterExportIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TestMembers members;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private PersonalData personalData;

	@Test
	void phoneAndIdentityNumbersAreMasked() {
		TestMember member = withIdNumber(this.members.add("遮盖者", "archives"), "370602300102001");
		for (String format : List.of("xlsx", "csv")) {
			byte[] file = file(this.sessions.staff("ADMIN"), "?unit={unit}&format={format}", unitId("archives"),
					format);
			assertThat(rows(file)).contains(List.of(member.number(), "遮盖者",
					member.phone().substring(0, 3) + "****" + member.phone().substring(7), "市档案馆", "", "",
					"370***********" + IdNumber.parse("370602300102001").orElseThrow().digits().substring(14)));
			assertThat(new String(file, StandardCharsets.UTF_8)).doesNotContain(member.phone());
		}
	}

	@Test
	void aUnitAdministratorExportsOwnUnitsOnly() {
		TestMember own = this.members.add("自己单位", "inspection-office");
		TestMember foreign = this.members.add("外面单位", "finance");
		Consumer<HttpHeaders> admin = limited("UNIT_ADMIN", unitId("discipline-inspection"));
		assertThat(numbers(file(admin, ""))).contains(own.number()).doesNotContain(foreign.number());
		this.client.get()
			.uri("/api/admin/v1/members/export?unit={unit}", unitId("finance"))
			.headers(admin)
			.exchange()
			.expectStatus()
			.isNotFound();
		clear(admin, Map.of("purpose", "换届选举联系")).expectStatus().isForbidden();
		clear(limited("ADMIN", unitId("discipline-inspection")), Map.of("purpose", "换届选举联系", "unit", unitId("finance")))
			.expectStatus()
			.isNotFound();
	}

	@Test
	void clearNumbersNeedAPurposeAndEachMemberSeesIt() {
		TestMember member = withIdNumber(this.members.add("明文者", "library"), "370602300103001");
		TestMember other = this.members.add("无身份证", "library");
		for (String purpose : List.of(" ", "看看")) {
			clear(this.sessions.staff("ADMIN"), Map.of("purpose", purpose, "unit", unitId("library"))).expectStatus()
				.isEqualTo(422)
				.expectBody()
				.jsonPath("$.errors[0].field")
				.isEqualTo("purpose");
		}
		assertThat(accessLog(member)).isEmpty();
		for (String format : List.of("xlsx", "csv")) {
			byte[] file = Objects.requireNonNull(clear(this.sessions.staff("ADMIN"),
					Map.of("purpose", "年度党员信息核对", "unit", unitId("library"), "format", format))
				.expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals(HttpHeaders.CACHE_CONTROL, "no-store")
				.expectBody()
				.returnResult()
				.getResponseBody());
			assertThat(rows(file)).contains(List.of(member.number(), "明文者", member.phone(), "市图书馆", "", "",
					IdNumber.parse("370602300103001").orElseThrow().digits()));
		}
		assertThat(accessLog(member)).containsExactlyInAnyOrder("phone 年度党员信息核对", "phone 年度党员信息核对",
				"id-number 年度党员信息核对", "id-number 年度党员信息核对");
		assertThat(accessLog(other)).containsExactlyInAnyOrder("phone 年度党员信息核对", "phone 年度党员信息核对");
		assertThat(count("""
				SELECT count(*) FROM audit_entry WHERE action = 'member.export-clear' AND detail = '年度党员信息核对'
				""")).isEqualTo(2);
	}

	@Test
	void whoeverHasGoneIsNotInTheTable() {
		TestMember gone = this.members.add("已调离", "archives");
		this.client.post()
			.uri("/api/admin/v1/members/{id}/retirement", gone.id())
			.headers(this.sessions.staff("ADMIN"))
			.exchange()
			.expectStatus()
			.isOk();
		assertThat(numbers(file(this.sessions.staff("ADMIN"), "?format=csv"))).doesNotContain(gone.number());
	}

	@Test
	void aNameIsNoFormula() {
		TestMember sly = this.members.add("=HYPERLINK(\"http://evil\")", "archives");
		for (String format : List.of("xlsx", "csv")) {
			assertThat(rows(file(this.sessions.staff("ADMIN"), "?format={format}", format)))
				.filteredOn((row) -> row.getFirst().equals(sly.number()))
				.extracting((row) -> row.get(1))
				.containsExactly("'=HYPERLINK(\"http://evil\")");
		}
	}

	@Test
	void fourThousandRowsAreExportedInClearAndCanBeImportedAgain() {
		Consumer<HttpHeaders> admin = this.sessions.staff("ADMIN");
		UUID unit = unit(admin, "导出试验单位");
		StringBuilder table = new StringBuilder("编号,姓名,手机,单位\n");
		for (int i = 0; i < 4_000; i++) {
			table.append("X%04d,导出者,1320000%04d,导出试验单位\n".formatted(i, i));
		}
		JsonNode preview = preview(admin, table.toString().getBytes(StandardCharsets.UTF_8));
		this.client.post()
			.uri("/api/admin/v1/members/imports/{id}/commit", preview.path("id").asString())
			.headers(admin)
			.exchange()
			.expectStatus()
			.isOk();
		long views = count("SELECT count(*) FROM personal_data_view");
		byte[] file = Objects.requireNonNull(clear(admin, Map.of("purpose", "系统迁移核对", "unit", unit)).expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBody());
		assertThat(count("SELECT count(*) FROM personal_data_view")).isEqualTo(views + 4_000);
		assertThat(rows(file)).hasSize(4_001).contains(List.of("X3999", "导出者", "13200003999", "导出试验单位"));
		JsonNode again = preview(admin, file);
		assertThat(again.path("unchanged").asInt()).isEqualTo(4_000);
		assertThat(again.path("faulty").asInt()).isZero();
	}

	private UUID unit(Consumer<HttpHeaders> who, String name) {
		JsonNode made = this.client.post()
			.uri("/api/admin/v1/units")
			.headers(who)
			.bodyValue(Map.of("name", name, "kind", "STATE_ORGAN", "order", 1, "parentId", unitId("audit")))
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(JsonNode.class)
			.returnResult()
			.getResponseBody();
		return UUID.fromString(Objects.requireNonNull(made).path("id").asString());
	}

	private static List<List<String>> rows(byte[] file) {
		List<List<String>> rows = new ArrayList<>();
		for (SheetRow row : SheetReader.rows(file)) {
			List<String> cells = new ArrayList<>();
			for (int i = 0; i < row.cells().size(); i++) {
				cells.add(row.cell(i).text());
			}
			rows.add(cells);
		}
		return rows;
	}

	private static List<String> numbers(byte[] file) {
		return rows(file).stream().map(List::getFirst).toList();
	}

	private byte[] file(Consumer<HttpHeaders> who, String query, Object... values) {
		return Objects.requireNonNull(this.client.get()
			.uri("/api/admin/v1/members/export" + query, values)
			.headers(who)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.exists(HttpHeaders.CONTENT_DISPOSITION)
			.expectBody()
			.returnResult()
			.getResponseBody());
	}

	private WebTestClient.ResponseSpec clear(Consumer<HttpHeaders> who, Map<String, ?> body) {
		return this.client.post().uri("/api/admin/v1/members/clear-export").headers(who).bodyValue(body).exchange();
	}

	private JsonNode preview(Consumer<HttpHeaders> who, byte[] file) {
		MultipartBodyBuilder form = new MultipartBodyBuilder();
		form.part("file", new ByteArrayResource(file)).filename("名册");
		return Objects.requireNonNull(this.client.post()
			.uri("/api/admin/v1/members/imports")
			.headers(who)
			.bodyValue(form.build())
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(JsonNode.class)
			.returnResult()
			.getResponseBody());
	}

	private List<String> accessLog(TestMember member) {
		return Objects
			.requireNonNull(this.client.get()
				.uri("/api/v1/me/access-log")
				.headers(this.sessions.member(UUID.randomUUID(), member.id()))
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody(JsonNode.class)
				.returnResult()
				.getResponseBody())
			.path("items")
			.valueStream()
			.map((view) -> view.path("data").asString() + " " + view.path("purpose").asString())
			.toList();
	}

	private TestMember withIdNumber(TestMember member, String digits) {
		IdNumber idNumber = IdNumber.parse(digits).orElseThrow();
		SealedText sealed = idNumber.seal(this.personalData, member.id());
		this.database
			.sql("""
					UPDATE member SET id_cipher = :cipher, id_key = :key, id_index = :index, id_masked = :masked WHERE id = :id
					""")
			.bind("cipher", sealed.bytes())
			.bind("key", sealed.keyId())
			.bind("index", idNumber.index(this.personalData))
			.bind("masked", idNumber.masked())
			.bind("id", member.id())
			.then()
			.block(TIMEOUT);
		return member;
	}

	private Consumer<HttpHeaders> limited(String role, UUID unit) {
		return this.sessions
			.as(new CurrentStaff(UUID.randomUUID(), UUID.randomUUID(), "limited", Set.of(role), Set.of(unit)));
	}

	private UUID unitId(String key) {
		return Objects.requireNonNull(this.database.sql("SELECT id FROM unit WHERE key = :key")
			.bind("key", key)
			.mapValue(UUID.class)
			.one()
			.block(TIMEOUT));
	}

	private long count(String sql) {
		return Objects.requireNonNull(this.database.sql(sql).mapValue(Long.class).one().block(TIMEOUT));
	}

}
