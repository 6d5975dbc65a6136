package cn.qingfeng.member.identity;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestMembers.TestMember;
import cn.qingfeng.TestSessions;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.platform.security.CurrentStaff;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class BindingSlipsIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Pattern SLIP = Pattern
		.compile("编号 (\\S+)</p>\\s*<p class=\"code\">([0-9A-Z]{5}-[0-9A-Z]{5})</p>");

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TestMembers members;

	@Autowired
	private Sandbox sandbox;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private TestClock clock;

	private Phones phones;

	@BeforeEach
	void phones() {
		this.phones = new Phones(this.client, this.sandbox);
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void allUnboundMembersOfAUnitAndThoseBelowGetASlipThatBinds() {
		TestMember own = this.members.add("欧阳小明", "culture-tourism");
		TestMember below = this.members.add("王小", "library");
		TestMember bound = this.members.add("已经绑定", "culture-tourism");
		TestMember foreign = this.members.add("别家的人", "finance");
		String owner = this.phones.person(bound);
		this.phones.bindByPhone(this.phones.logIn(owner), owner, "已经绑定").expectStatus().isOk();
		String page = print(this.sessions.staff("ADMIN"), "culture-tourism");
		assertThat(page).contains("欧**明", "王*", "市图书馆", "default-src 'none'")
			.doesNotContain("欧阳小明", "王小", own.phone(), foreign.number());
		Map<String, String> codes = codes(page);
		assertThat(codes).containsKeys(own.number(), below.number()).doesNotContainKey(bound.number());
		String person = this.sandbox.people().add("欧阳小明", "135" + own.phone().substring(3)).id();
		this.phones.bind(this.phones.logIn(person), Map.of("name", "欧阳小明", "bindingCode", code(codes, own)))
			.expectStatus()
			.isOk();
		assertThat(stored(code(codes, below))).as("codes in clear").isZero();
		assertThat(print(this.sessions.staff("ADMIN"), "culture-tourism")).doesNotContain(own.number());
	}

	@Test
	void printingAgainVoidsTheCodesBefore() {
		TestMember member = this.members.add("两次打印", "culture-centre");
		String before = code(codes(print(this.sessions.staff("ADMIN"), "culture-centre")), member);
		String now = code(codes(print(this.sessions.staff("ADMIN"), "culture-centre")), member);
		String token = this.phones.logIn(this.phones.person(member));
		this.phones.bind(token, Map.of("name", "两次打印", "bindingCode", before)).expectStatus().isNotFound();
		this.clock.advance(Duration.ofDays(8));
		this.phones.bind(token, Map.of("name", "两次打印", "bindingCode", now)).expectStatus().isNotFound();
		this.clock.reset();
		this.phones.bind(token, Map.of("name", "两次打印", "bindingCode", now)).expectStatus().isOk();
	}

	@Test
	void namesCannotChangeThePage() {
		this.members.add("<b>&\"", "post");
		assertThat(print(this.sessions.staff("ADMIN"), "post")).doesNotContain("<b>").contains("&lt;***&quot;");
	}

	@Test
	void onlyTheirOwnUnitsArePrintedAndItIsWrittenDown() {
		this.members.add("审计的人", "audit");
		UUID staffId = UUID.randomUUID();
		Consumer<HttpHeaders> limited = this.sessions
			.as(new CurrentStaff(UUID.randomUUID(), staffId, "limited", Set.of("UNIT_ADMIN"), Set.of(unitId("audit"))));
		print(limited, "audit");
		this.client.post()
			.uri("/api/admin/v1/units/{id}/binding-codes", unitId("finance"))
			.headers(limited)
			.exchange()
			.expectStatus()
			.isNotFound();
		assertThat(this.database
			.sql("SELECT subject FROM audit_entry WHERE action = 'unit.binding-codes.print' AND actor_id = :id")
			.bind("id", staffId)
			.mapValue(String.class)
			.all()
			.collectList()
			.block(TIMEOUT)).containsExactly(unitId("audit").toString());
	}

	private String print(Consumer<HttpHeaders> who, String unitKey) {
		return new String(Objects.requireNonNull(this.client.post()
			.uri("/api/admin/v1/units/{id}/binding-codes", unitId(unitKey))
			.headers(who)
			.exchange()
			.expectStatus()
			.isCreated()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_HTML)
			.expectHeader()
			.valueEquals(HttpHeaders.CACHE_CONTROL, "no-store")
			.expectBody()
			.returnResult()
			.getResponseBody()), StandardCharsets.UTF_8);
	}

	/** By the numbers of the roster. */
	private static Map<String, String> codes(String page) {
		Map<String, String> codes = new LinkedHashMap<>();
		Matcher slips = SLIP.matcher(page);
		while (slips.find()) {
			codes.put(slips.group(1), slips.group(2));
		}
		return codes;
	}

	private static String code(Map<String, String> codes, TestMember member) {
		return Objects.requireNonNull(codes.get(member.number()));
	}

	private long stored(String code) {
		return Objects.requireNonNull(this.database.sql(
				"SELECT count(*) FROM binding_code c WHERE c::text LIKE :code OR encode(c.code_digest, 'escape') LIKE :code")
			.bind("code", "%" + code.replace("-", "") + "%")
			.mapValue(Long.class)
			.one()
			.block(TIMEOUT));
	}

	private UUID unitId(String key) {
		return Objects.requireNonNull(this.database.sql("SELECT id FROM unit WHERE key = :key")
			.bind("key", key)
			.mapValue(UUID.class)
			.one()
			.block(TIMEOUT));
	}

}
