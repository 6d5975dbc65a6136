package cn.qingfeng.member.identity;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestMembers.TestMember;
import cn.qingfeng.TestSessions;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.member.DirectBinding;
import cn.qingfeng.member.Members;
import cn.qingfeng.wechat.WechatProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class RosterBindingIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Autowired
	private WebTestClient client;

	@Autowired
	private Sandbox sandbox;

	@Autowired
	private TestMembers members;

	@Autowired
	private Members memberDirectory;

	@Autowired
	private WechatProperties wechat;

	@Autowired
	private TestSessions sessions;

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
	void aMemberBindsByTheirPhone() {
		TestMember member = this.members.add("欧阳 明");
		rename(member, "欧阳明");
		String person = this.phones.person(member);
		String token = this.phones.logIn(person);
		Map<String, String> request = Map.of("name", " 欧阳　明", "phoneCode", this.sandbox.people().phoneCode(person),
				"privacyNotice", "2026-11");
		this.phones.bind(token, request)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.id")
			.isEqualTo(member.id().toString())
			.jsonPath("$.maskedPhone")
			.isEqualTo(member.phone().substring(0, 3) + "****" + member.phone().substring(7))
			.jsonPath("$.unit.name")
			.isNotEmpty();
		this.phones.me(token).expectBody().jsonPath("$.member.id").isEqualTo(member.id().toString());
		this.client.get()
			.uri("/api/v1/me/preferences")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectBody()
			.jsonPath("$.textSize")
			.isEqualTo("standard");
		assertThat(count("SELECT count(*) FROM privacy_consent WHERE version = '2026-11' AND member_id = :id", member))
			.isEqualTo(1);
		assertThat(count("SELECT count(*) FROM audit_entry WHERE action = 'binding.make' AND actor_id = :id", member))
			.isEqualTo(1);
	}

	@Test
	void bindingAgainChangesNothing() {
		TestMember member = this.members.add("重复");
		String person = this.phones.person(member);
		String token = this.phones.logIn(person);
		this.phones.bindByPhone(token, person, "重复").expectStatus().isOk();
		this.phones.bindByPhone(token, person, "重复").expectStatus().isOk();
		assertThat(count("SELECT count(*) FROM wechat_account WHERE member_id = :id", member)).isEqualTo(1);
	}

	@Test
	void anUnknownPhoneAndAWrongNameAreAnsweredAlike() {
		TestMember member = this.members.add("真名");
		String person = this.phones.person(member);
		String stranger = this.sandbox.people().add("路人", "138" + member.phone().substring(3)).id();
		String wrongName = body(this.phones.bindByPhone(this.phones.logIn(person), person, "假名"));
		String unknown = body(this.phones.bindByPhone(this.phones.logIn(stranger), stranger, "真名"));
		String wrongCode = body(
				this.phones.bind(this.phones.logIn(stranger), Map.of("name", "真名", "bindingCode", "ABCDE-12345")));
		assertThat(wrongName).contains("roster-no-match").isEqualTo(unknown).isEqualTo(wrongCode);
	}

	@Test
	void triesAreLimitedAndTheAnswerSaysWhenToComeBack() {
		TestMember member = this.members.add("限次");
		String person = this.phones.person(member);
		String token = this.phones.logIn(person);
		for (int i = 0; i < 5; i++) {
			this.phones.bind(token, Map.of("name", "限次", "bindingCode", "0000" + i)).expectStatus().isNotFound();
		}
		this.phones.bindByPhone(token, person, "限次")
			.expectStatus()
			.isEqualTo(429)
			.expectHeader()
			.exists(HttpHeaders.RETRY_AFTER);
		this.clock.advance(Duration.ofMinutes(16));
		this.phones.bindByPhone(token, person, "限次").expectStatus().isOk();
	}

	@Test
	void anEntryOfSomebodyElseIsTaken() {
		TestMember member = this.members.add("已绑");
		String owner = this.phones.person(member);
		this.phones.bindByPhone(this.phones.logIn(owner), owner, "已绑").expectStatus().isOk();
		String thief = this.sandbox.people().add("他人", "137" + member.phone().substring(3)).id();
		this.phones.bind(this.phones.logIn(thief), Map.of("name", "已绑", "bindingCode", code(member)))
			.expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:already-bound");
	}

	@Test
	void anAccountOfSomebodyElseIsTaken() {
		TestMember one = this.members.add("其一");
		TestMember two = this.members.add("其二");
		String person = this.phones.person(one);
		String token = this.phones.logIn(person);
		this.phones.bindByPhone(token, person, "其一").expectStatus().isOk();
		this.phones.bind(token, Map.of("name", "其二", "bindingCode", code(two)))
			.expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:account-bound");
	}

	@Test
	void aBindingCodeIsGoodOnceAndForAWeek() {
		TestMember member = this.members.add("绑定码");
		String person = this.sandbox.people().add("绑定码", "136" + member.phone().substring(3)).id();
		String token = this.phones.logIn(person);
		String replaced = code(member);
		String code = code(member);
		this.phones.bind(token, Map.of("name", "绑定码", "bindingCode", replaced)).expectStatus().isNotFound();
		this.phones.bind(token, Map.of("name", "别人", "bindingCode", code)).expectStatus().isNotFound();
		this.clock.advance(Duration.ofDays(8));
		this.phones.bind(token, Map.of("name", "绑定码", "bindingCode", code)).expectStatus().isNotFound();
		this.clock.reset();
		this.phones.bind(token, Map.of("name", "绑定码", "bindingCode", code.toLowerCase(Locale.ROOT)))
			.expectStatus()
			.isOk();
		this.client.delete()
			.uri("/api/v1/me/binding")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectStatus()
			.isNoContent();
		this.phones.bind(token, Map.of("name", "绑定码", "bindingCode", code)).expectStatus().isNotFound();
	}

	@Test
	void exactlyOneProofIsGiven() {
		TestMember member = this.members.add("两样");
		String token = this.phones.logIn(this.phones.person(member));
		for (Map<String, String> request : List.of(Map.of("name", "两样"),
				Map.of("name", "两样", "phoneCode", "a", "bindingCode", "b"), Map.of("bindingCode", "b"),
				Map.of("name", "", "bindingCode", "b"), Map.of("name", "两样", "bindingCode", "b", "openid", "o"))) {
			this.phones.bind(token, request).expectStatus().isEqualTo(422);
		}
		this.phones.bind(token, Map.of("name", "两样", "phoneCode", "used-up"))
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("phoneCode");
	}

	@Test
	void whoIsBoundInOneAppIsKnownInTheOtherByTheUnion() {
		TestMember member = this.members.add("同一人");
		PersonView person = this.sandbox.people().add(member.name(), member.phone());
		String service = this.wechat.mp().appId();
		DirectBinding binding = new DirectBinding(member.number(), service,
				Objects.requireNonNull(person.openids().get(service)), person.unionid(), true);
		this.memberDirectory.bindDirectly(List.of(binding)).block(TIMEOUT);
		String token = String.valueOf(this.phones.session(person.id()).get("token"));
		this.phones.me(token)
			.expectBody()
			.jsonPath("$.member.id")
			.isEqualTo(member.id().toString())
			.jsonPath("$.follows")
			.isEqualTo(true);
	}

	@Test
	void whoBindsInOneAppIsBoundInTheOtherByTheUnion() {
		TestMember member = this.members.add("一处绑定");
		PersonView person = this.sandbox.people().add(member.name(), member.phone());
		UUID follower = UUID.randomUUID();
		this.database.sql("""
				INSERT INTO wechat_account (id, appid, openid, unionid, follows, text_size, created_at)
				VALUES (:id, :appid, :openid, :unionid, true, 'standard', now())
				""")
			.bind("id", follower)
			.bind("appid", this.wechat.mp().appId())
			.bind("openid", Objects.requireNonNull(person.openids().get(this.wechat.mp().appId())))
			.bind("unionid", Objects.requireNonNull(person.unionid()))
			.then()
			.block(TIMEOUT);
		this.phones.bindByPhone(this.phones.logIn(person.id()), person.id(), "一处绑定").expectStatus().isOk();
		assertThat(this.database.sql("SELECT member_id FROM wechat_account WHERE id = :id")
			.bind("id", follower)
			.mapValue(UUID.class)
			.one()
			.block(TIMEOUT)).isEqualTo(member.id());
	}

	@Test
	void whoBindsInBothAppsPartsInBoth() {
		TestMember member = this.members.add("两端");
		String person = this.phones.person(member);
		String token = this.phones.logIn(person);
		this.phones.bindByPhone(token, person, "两端").expectStatus().isOk();
		Phones.Consent consent = this.phones.consent(person, "/m/");
		ResponseCookie cookie = Objects
			.requireNonNull(this.phones.comeBack(consent.code(), consent.state(), consent.cookie())
				.expectStatus()
				.isFound()
				.expectBody()
				.isEmpty()
				.getResponseCookies()
				.getFirst("qf_session"));
		this.phones.bind(cookie.getValue(), Map.of("name", "两端", "bindingCode", code(member))).expectStatus().isOk();
		assertThat(count("SELECT count(*) FROM wechat_account WHERE member_id = :id", member)).isEqualTo(2);
		this.client.delete()
			.uri("/api/v1/me/binding")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectStatus()
			.isNoContent();
		this.phones.me(token).expectBody().jsonPath("$.member").isEmpty();
		assertThat(count("SELECT count(*) FROM wechat_account WHERE member_id = :id", member)).isZero();
	}

	@Test
	void whoLeftIsNobodyAtOnceAndCannotBindAgain() {
		TestMember member = this.members.add("离开");
		String person = this.phones.person(member);
		String token = this.phones.logIn(person);
		this.phones.bindByPhone(token, person, "离开").expectStatus().isOk();
		this.database.sql("UPDATE member SET status = 'LEFT' WHERE id = :id")
			.bind("id", member.id())
			.then()
			.block(TIMEOUT);
		Mono.delay(Duration.ofSeconds(1)).block(TIMEOUT);
		this.phones.me(token).expectBody().jsonPath("$.member").isEmpty();
		this.phones.bindByPhone(token, person, "离开").expectStatus().isNotFound();
	}

	@Test
	void preferencesAreKept() {
		TestMember member = this.members.add("偏好");
		String token = this.phones.logIn(this.phones.person(member));
		put(token, Map.of("textSize", "extraLarge", "quietHours", Map.of("from", "22:30", "to", "07:00")))
			.expectStatus()
			.isOk();
		this.client.get()
			.uri("/api/v1/me/preferences")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectBody()
			.json("""
					{"textSize": "extraLarge", "quietHours": {"from": "22:30", "to": "07:00"}}
					""");
		put(token, Map.of("textSize", "huge")).expectStatus().isEqualTo(422);
		put(token, Map.of("textSize", "large", "quietHours", Map.of("from", "25:00", "to", "07:00"))).expectStatus()
			.isEqualTo(422);
		put(token, Map.of("textSize", "large", "quietHours", Map.of("from", "07:00", "to", "07:00"))).expectStatus()
			.isEqualTo(422);
		put(token, Map.of("textSize", "large")).expectStatus().isOk().expectBody().jsonPath("$.quietHours").isEmpty();
	}

	private WebTestClient.ResponseSpec put(String token, Map<String, ?> preferences) {
		return this.client.put()
			.uri("/api/v1/me/preferences")
			.headers((headers) -> headers.setBearerAuth(token))
			.bodyValue(preferences)
			.exchange();
	}

	private String code(TestMember member) {
		return String.valueOf(
				Objects
					.requireNonNull(this.client.post()
						.uri("/api/admin/v1/members/{id}/binding-codes", member.id())
						.headers(this.sessions.staff("ADMIN"))
						.exchange()
						.expectStatus()
						.isCreated()
						.expectBody(Map.class)
						.returnResult()
						.getResponseBody())
					.get("code"));
	}

	private void rename(TestMember member, String name) {
		this.database.sql("UPDATE member SET name = :name WHERE id = :id")
			.bind("name", name)
			.bind("id", member.id())
			.then()
			.block(TIMEOUT);
	}

	private long count(String sql, TestMember member) {
		return Objects
			.requireNonNull(this.database.sql(sql).bind("id", member.id()).mapValue(Long.class).one().block(TIMEOUT));
	}

	private static String body(WebTestClient.ResponseSpec answer) {
		byte[] body = answer.expectStatus().isNotFound().expectBody().returnResult().getResponseBody();
		return new String(Objects.requireNonNull(body), StandardCharsets.UTF_8).replaceAll("\"traceId\":\"[^\"]*\"",
				"");
	}

}
