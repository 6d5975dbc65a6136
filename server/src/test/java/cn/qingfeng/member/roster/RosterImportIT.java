package cn.qingfeng.member.roster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestSessions;
import cn.qingfeng.member.privacy.IdNumber;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.seeds.roster.RosterGenerator;
import cn.qingfeng.seeds.roster.RosterPerson;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.StatusAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class RosterImportIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final int PEOPLE = 4_200;

	private static final int EVERY = 105;

	private static final List<String> HEADERS = List.of("工 号", "党员姓名", "手机号码*", "所在单位", "职务", "入党时间", "身份证号（18位）");

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TestMembers members;

	@Autowired
	private DatabaseClient database;

	@Test
	void fortyDefectsAreReportedTheRestIsTakenOverAndAgainNothingChanges() throws IOException {
		Consumer<HttpHeaders> admin = this.sessions.staff("ADMIN");
		List<String> defects = new ArrayList<>();
		byte[] file = roster(defects);
		assertThat(defects).hasSize(40);

		JsonNode preview = preview(admin, "名册.xlsx", file);
		assertThat(counts(preview)).containsExactly(PEOPLE - 40, 0, 0, 40);
		assertThat(errors(admin, preview)).containsExactlyElementsOf(defects);
		assertThat(staged(preview)).isNotEmpty().doesNotContain("13100004199").doesNotContain(idNumber(4_198).digits());

		JsonNode committed = commit(admin, preview);
		assertThat(counts(committed)).containsExactly(PEOPLE - 40, 0, 0, 40);
		assertThat(commit(admin, preview)).isEqualTo(committed);
		assertThat(staged(preview)).isEqualTo("null");
		assertThat(rosterState()).contains(String.valueOf(PEOPLE - 40));

		String before = rosterState();
		JsonNode again = preview(admin, "名册.xlsx", file);
		assertThat(counts(again)).containsExactly(0, 0, PEOPLE - 40, 40);
		assertThat(errors(admin, again)).containsExactlyElementsOf(defects);
		assertThat(counts(commit(admin, again))).containsExactly(0, 0, PEOPLE - 40, 40);
		assertThat(rosterState()).isEqualTo(before);
	}

	@Test
	void aChangeOfUnitIsKept() {
		TestMembers.TestMember member = this.members.add("调动者", "audit");
		Consumer<HttpHeaders> admin = this.sessions.staff("ADMIN");
		JsonNode preview = preview(admin, "调动.csv",
				csv("姓名,手机,单位\n调动者,%s,%s\n".formatted(member.phone(), unitName("finance"))));
		assertThat(counts(preview)).containsExactly(0, 1, 0, 0);
		assertThat(counts(commit(admin, preview))).containsExactly(0, 1, 0, 0);
		assertThat(this.database.sql("""
				SELECT f.key || '>' || t.key FROM member_unit_change c JOIN unit f ON f.id = c.from_unit_id
				JOIN unit t ON t.id = c.to_unit_id WHERE c.member_id = :id
				""").bind("id", member.id()).mapValue(String.class).one().block(TIMEOUT)).isEqualTo("audit>finance");
	}

	@Test
	void whatAKeyThatIsGoneSealedIsNotTakenOver() {
		Consumer<HttpHeaders> admin = this.sessions.staff("ADMIN");
		JsonNode preview = preview(admin, "名册.csv", csv("姓名,手机,单位\n钥匙甲,13912340077,%s\n".formatted(unitName("audit"))));
		UUID id = UUID.fromString(preview.get("id").asString());
		this.database.sql("UPDATE member_import_row SET phone_key = 'gone' WHERE import_id = :id")
			.bind("id", id)
			.then()
			.block(TIMEOUT);
		this.client.post()
			.uri("/api/admin/v1/members/imports/{id}/commit", id)
			.headers(admin)
			.exchange()
			.expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:import-outdated");
		assertThat(this.database.sql("SELECT count(*) FROM member WHERE name = '钥匙甲'")
			.mapValue(Long.class)
			.one()
			.block(TIMEOUT)).isZero();
	}

	@Test
	void theNearestUnitIsProposed() {
		Consumer<HttpHeaders> admin = this.sessions.staff("ADMIN");
		JsonNode preview = preview(admin, "名册.csv", csv("姓名,手机,单位\n李小明,13912340001,市审记局\n"));
		errorsOf(admin, preview).isOk()
			.expectBody()
			.jsonPath("$.items[0].message")
			.isEqualTo("没有这个单位，是不是“%s”".formatted(unitName("audit")));
	}

	@Test
	void aUnitAdministratorImportsIntoOwnUnitsOnly() {
		Consumer<HttpHeaders> admin = unitAdmin("audit");
		TestMembers.TestMember foreign = this.members.add("外人", "finance");
		JsonNode preview = preview(admin, "名册.csv", csv("姓名,手机,单位\n新人,13912340002,%s\n外人,%s,%s\n"
			.formatted(unitName("finance"), foreign.phone(), unitName("audit"))));
		assertThat(errors(admin, preview)).containsExactly("2 单位", "3 姓名");
	}

	@Test
	void anImportBelongsToWhoMadeIt() {
		JsonNode preview = preview(this.sessions.staff("ADMIN"), "名册.csv",
				csv("姓名,手机,单位\n赵小明,13912340003,%s\n".formatted(unitName("audit"))));
		this.client.post()
			.uri("/api/admin/v1/members/imports/{id}/commit", preview.path("id").asString())
			.headers(this.sessions.staff("ADMIN"))
			.exchange()
			.expectStatus()
			.isNotFound();
		errorsOf(this.sessions.staff("ADMIN"), preview).isNotFound();
	}

	@Test
	void aTableWithoutHeadersIsRefused() {
		upload(this.sessions.staff("ADMIN"), "名册.csv", csv("王小明,13912340004,市审计局\n")).expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("file");
	}

	/** Every 105th row has one defect, of ten kinds in turn. */
	private byte[] roster(List<String> defects) throws IOException {
		List<RosterPerson> people = RosterGenerator.generate(PEOPLE);
		Map<String, String> units = Objects.requireNonNull(this.database.sql("SELECT key, name FROM unit")
			.map((row) -> Map.entry(String.valueOf(row.get("key")), String.valueOf(row.get("name"))))
			.all()
			.collectMap(Map.Entry::getKey, Map.Entry::getValue)
			.block(TIMEOUT));
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (Workbook workbook = new Workbook(bytes, "test", "1.0")) {
			Worksheet sheet = workbook.newWorksheet("名册");
			sheet.value(0, 0, "市直机关党员名册");
			for (int i = 0; i < HEADERS.size(); i++) {
				sheet.value(2, i, HEADERS.get(i));
			}
			for (int i = 0; i < PEOPLE; i++) {
				write(sheet, i, people.get(i), units);
				if (i % EVERY == EVERY - 1) {
					defects.add("%d %s".formatted(i + 4, HEADERS.get(spoil(sheet, i, people.get(i - 1)))));
				}
			}
		}
		return bytes.toByteArray();
	}

	private static void write(Worksheet sheet, int i, RosterPerson person, Map<String, String> units) {
		int row = i + 3;
		sheet.value(row, 0, "I" + person.number());
		sheet.value(row, 1, person.name());
		String phone = phone(person);
		switch (i % 4) {
			case 0 -> sheet.value(row, 2, Long.valueOf(phone));
			case 1 ->
				sheet.value(row, 2, phone.substring(0, 3) + " " + phone.substring(3, 7) + "-" + phone.substring(7));
			case 2 -> sheet.value(row, 2, "\uff11" + phone.substring(1));
			default -> sheet.value(row, 2, phone);
		}
		sheet.value(row, 3, Objects.requireNonNull(units.get(person.unitKey())));
		if (person.position() != null) {
			sheet.value(row, 4, person.position());
		}
		sheet.value(row, 5, person.joinedOn().format(DateTimeFormatter.ofPattern("yyyy年M月d日")));
		sheet.value(row, 6, idNumber(i).digits());
	}

	/** Returns the column of the defect. */
	private static int spoil(Worksheet sheet, int i, RosterPerson before) {
		int row = i + 3;
		return switch (i / EVERY % 10) {
			case 0 -> spoil(sheet, row, 0, "I" + before.number());
			case 1 -> spoil(sheet, row, 1, " ");
			case 2 -> spoil(sheet, row, 2, "1300000123");
			case 3 -> spoil(sheet, row, 2, phone(before));
			case 4 -> spoil(sheet, row, 3, "市星际航行局");
			case 5 -> spoil(sheet, row, 5, "2099-01-01");
			case 6 -> spoil(sheet, row, 6, withWrongCheckDigit(idNumber(i).digits()));
			case 7 -> spoil(sheet, row, 6, "3.70602E+17");
			case 8 -> spoil(sheet, row, 6, idNumber(i - 1).digits());
			default -> {
				sheet.value(row, 6, 370_602_195_001_010_000L);
				yield 6;
			}
		};
	}

	private static int spoil(Worksheet sheet, int row, int column, String value) {
		sheet.value(row, column, value);
		return column;
	}

	/** The seeds have the same people: these are others. */
	private static String phone(RosterPerson person) {
		return person.phone().replaceFirst("^130", "131");
	}

	private static String withWrongCheckDigit(String digits) {
		return digits.substring(0, 17) + (digits.endsWith("0") ? "1" : "0");
	}

	/** Invented. */
	private static IdNumber idNumber(int i) {
		String birthday = LocalDate.of(1950, 1, 1).plusDays(i).format(DateTimeFormatter.ofPattern("yyMMdd"));
		return IdNumber.parse("370602" + birthday + "001").orElseThrow();
	}

	private JsonNode preview(Consumer<HttpHeaders> who, String name, byte[] file) {
		return body(upload(who, name, file).expectStatus().isCreated());
	}

	private WebTestClient.ResponseSpec upload(Consumer<HttpHeaders> who, String name, byte[] file) {
		MultipartBodyBuilder form = new MultipartBodyBuilder();
		form.part("file", new ByteArrayResource(file)).filename(name);
		return this.client.post().uri("/api/admin/v1/members/imports").headers(who).bodyValue(form.build()).exchange();
	}

	private JsonNode commit(Consumer<HttpHeaders> who, JsonNode preview) {
		return body(this.client.post()
			.uri("/api/admin/v1/members/imports/{id}/commit", preview.path("id").asString())
			.headers(who)
			.exchange()
			.expectStatus()
			.isOk());
	}

	private List<String> errors(Consumer<HttpHeaders> who, JsonNode preview) {
		return body(errorsOf(who, preview).isOk()).path("items")
			.valueStream()
			.map((error) -> error.path("row").asInt() + " " + error.path("column").asString())
			.toList();
	}

	private StatusAssertions errorsOf(Consumer<HttpHeaders> who, JsonNode preview) {
		return this.client.get()
			.uri("/api/admin/v1/members/imports/{id}/errors?limit=100", preview.path("id").asString())
			.headers(who)
			.exchange()
			.expectStatus();
	}

	private static JsonNode body(WebTestClient.ResponseSpec response) {
		return Objects.requireNonNull(response.expectBody(JsonNode.class).returnResult().getResponseBody());
	}

	private static List<Integer> counts(JsonNode found) {
		return List.of(found.path("added").asInt(), found.path("changed").asInt(), found.path("unchanged").asInt(),
				found.path("faulty").asInt());
	}

	private String staged(JsonNode preview) {
		return Objects.requireNonNull(this.database
			.sql("SELECT coalesce(json_agg(r)::text, 'null') FROM member_import_row r WHERE import_id = :id")
			.bind("id", UUID.fromString(preview.path("id").asString()))
			.mapValue(String.class)
			.one()
			.block(TIMEOUT));
	}

	private String rosterState() {
		return Objects.requireNonNull(this.database.sql("""
				SELECT count(*) || ' ' || coalesce(md5(string_agg(row_to_json(m)::text, '' ORDER BY m.number)), '')
				FROM member m WHERE number LIKE 'ID%'
				""").mapValue(String.class).one().block(TIMEOUT));
	}

	private Consumer<HttpHeaders> unitAdmin(String unitKey) {
		UUID unit = Objects.requireNonNull(this.database.sql("SELECT id FROM unit WHERE key = :key")
			.bind("key", unitKey)
			.mapValue(UUID.class)
			.one()
			.block(TIMEOUT));
		return this.sessions.as(new CurrentStaff(UUID.randomUUID(), UUID.randomUUID(), "unit-admin",
				Set.of("UNIT_ADMIN"), Set.of(unit)));
	}

	private String unitName(String key) {
		return Objects.requireNonNull(this.database.sql("SELECT name FROM unit WHERE key = :key")
			.bind("key", key)
			.mapValue(String.class)
			.one()
			.block(TIMEOUT));
	}

	private static byte[] csv(String text) {
		return text.getBytes(Charset.forName("GBK"));
	}

}
