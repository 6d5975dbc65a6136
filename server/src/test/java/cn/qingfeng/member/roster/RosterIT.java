package cn.qingfeng.member.roster;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
import cn.qingfeng.member.privacy.PersonalData;
import cn.qingfeng.member.privacy.SealedText;
import cn.qingfeng.platform.security.CurrentStaff;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class RosterIT {

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
	void theSeedsMakeAllUnitsOneTree() {
		this.client.get()
			.uri("/api/admin/v1/units")
			.headers(this.sessions.staff("AUTHOR"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items.length()")
			.isEqualTo(82)
			.jsonPath("$.items[?(@.key=='city-organs')].parentId")
			.isEqualTo(Collections.singletonList(null));
	}

	@Test
	void aUnitAdministratorSeesOwnUnitsOnly() {
		UUID unit = unitId("discipline-inspection");
		this.client.get()
			.uri("/api/admin/v1/units")
			.headers(unitAdmin(unit))
			.exchange()
			.expectBody()
			.jsonPath("$.items[*].key")
			.isEqualTo(List.of("discipline-inspection", "inspection-office"));
		this.client.get()
			.uri("/api/admin/v1/members?unit={unit}", unitId("finance"))
			.headers(unitAdmin(unit))
			.exchange()
			.expectStatus()
			.isNotFound();
	}

	@Test
	void aMemberOfAForeignUnitIsNotFound() {
		TestMember foreign = this.members.add("外单位", "finance");
		TestMember own = this.members.add("本单位", "inspection-office");
		Consumer<HttpHeaders> admin = unitAdmin(unitId("discipline-inspection"));
		createCode(admin, foreign.id()).expectStatus().isNotFound();
		createCode(admin, UUID.randomUUID()).expectStatus().isNotFound();
		createCode(admin, own.id()).expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.code")
			.value((Object code) -> assertThat(code.toString()).matches("[0-9A-Z]{5}-[0-9A-Z]{5}"));
	}

	@Test
	void pagesStayInOrderAndShowEverybodyOnce() {
		for (int i = 0; i < 7; i++) {
			this.members.add("翻页" + i, "library");
		}
		UUID unit = unitId("library");
		List<String> names = new ArrayList<>();
		@Nullable Object cursor = null;
		do {
			Map<?, ?> page = page(unit, cursor);
			((List<?>) Objects.requireNonNull(page.get("items")))
				.forEach((item) -> names.add(String.valueOf(((Map<?, ?>) item).get("name"))));
			cursor = page.get("nextCursor");
		}
		while (cursor != null);
		assertThat(names.stream().filter((name) -> name.startsWith("翻页"))).containsExactly("翻页0", "翻页1", "翻页2", "翻页3",
				"翻页4", "翻页5", "翻页6");
	}

	@Test
	void namesAreSearchedLiterally() {
		TestMember member = this.members.add("百分%号", "archives");
		search("分%号").jsonPath("$.items.length()")
			.isEqualTo(1)
			.jsonPath("$.items[0].id")
			.isEqualTo(member.id().toString());
		search("分_号").jsonPath("$.items.length()").isEqualTo(0);
	}

	@Test
	void phonesAreMaskedInAnswersAndSealedInTheDatabase() {
		TestMember member = this.members.add("手机号", "archives");
		search("手机号").jsonPath("$.items[0].maskedPhone")
			.isEqualTo(member.phone().substring(0, 3) + "****" + member.phone().substring(7));
		Map<String, Object> row = Objects.requireNonNull(this.database
			.sql("SELECT row_to_json(m)::text AS json, phone_cipher, phone_key FROM member m WHERE id = :id")
			.bind("id", member.id())
			.fetch()
			.one()
			.block(TIMEOUT));
		assertThat(String.valueOf(row.get("json"))).doesNotContain(member.phone());
		ByteBuffer cipher = (ByteBuffer) row.get("phone_cipher");
		byte[] bytes = new byte[cipher.remaining()];
		cipher.get(bytes);
		assertThat(this.personalData.open(new SealedText(String.valueOf(row.get("phone_key")), bytes),
				"member.phone:" + member.id()))
			.isEqualTo(member.phone());
	}

	@Test
	void editorsDoNotSeeTheRoster() {
		this.client.get()
			.uri("/api/admin/v1/members")
			.headers(this.sessions.staff("AUTHOR", "PUBLISHER"))
			.exchange()
			.expectStatus()
			.isForbidden();
	}

	private WebTestClient.BodyContentSpec search(String part) {
		return this.client.get()
			.uri("/api/admin/v1/members?q={q}", part)
			.headers(this.sessions.staff("ADMIN"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody();
	}

	private Map<?, ?> page(UUID unit, @Nullable Object cursor) {
		return Objects.requireNonNull(this.client.get()
			.uri("/api/admin/v1/members?unit={unit}&limit=3&cursor={cursor}", unit, (cursor != null) ? cursor : "")
			.headers(this.sessions.staff("ADMIN"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody());
	}

	private WebTestClient.ResponseSpec createCode(Consumer<HttpHeaders> who, UUID memberId) {
		return this.client.post().uri("/api/admin/v1/members/{id}/binding-codes", memberId).headers(who).exchange();
	}

	private Consumer<HttpHeaders> unitAdmin(UUID unit) {
		return this.sessions.as(new CurrentStaff(UUID.randomUUID(), UUID.randomUUID(), "unit-admin",
				Set.of("UNIT_ADMIN"), Set.of(unit)));
	}

	private UUID unitId(String key) {
		return Objects.requireNonNull(this.database.sql("SELECT id FROM unit WHERE key = :key")
			.bind("key", key)
			.mapValue(UUID.class)
			.one()
			.block(TIMEOUT));
	}

}
