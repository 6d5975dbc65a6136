package cn.qingfeng.member.identity;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

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
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class BindingAppealIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final String OWN = "/api/v1/me/binding-appeals";

	private static final String DESK = "/api/admin/v1/binding-appeals";

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
	void anApprovedAppealPartsTheEarlierPersonAndBindsTheAppellant() {
		TestMember member = this.members.add("被占用", "finance");
		String earlier = bound(member);
		String appellant = stranger(member);
		this.phones.bind(appellant, Map.of("name", "被占用", "bindingCode", code(member)))
			.expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:already-bound");
		String appeal = submitted(appellant, member);
		awaitMessage(earlier, "有人对您的绑定提出申诉");
		String unused = code(member);
		JsonNode decided = body(decide(unitAdmin("finance"), appeal, "approve", "已当面核实").expectStatus().isOk());
		assertThat(decided.path("state").asString()).isEqualTo("APPROVED");
		assertThat(decided.path("member").path("bound").asBoolean()).isFalse();
		this.phones.me(earlier).expectStatus().isUnauthorized();
		awaitBelief();
		this.phones.me(appellant).expectBody().jsonPath("$.member.id").isEqualTo(member.id().toString());
		awaitMessage(appellant, "您的绑定申诉已经通过");
		assertThat(own(appellant).getFirst().path("answer").asString()).isEqualTo("已当面核实");
		decide(unitAdmin("finance"), appeal, "reject", "再来一次").expectStatus().isEqualTo(409);
		assertThat(count("SELECT count(*) FROM binding_code WHERE member_id = :id", member.id())).as(unused).isZero();
		assertThat(count("SELECT count(*) FROM privacy_consent WHERE version = '2026-11' AND member_id = :id",
				member.id()))
			.isEqualTo(1);
		assertThat(audited(appeal)).containsExactly("binding-appeal.approve");
	}

	@Test
	void whoWasPartedLearnsWhyAndNothingAboutTheAppellant() {
		TestMember member = this.members.add("被解绑", "finance");
		String person = this.phones.person(member);
		this.phones.bindByPhone(this.phones.logIn(person), person, "被解绑").expectStatus().isOk();
		String appeal = submitted(stranger(member), member);
		decide(this.sessions.staff("ADMIN"), appeal, "approve", "给申诉人的话").expectStatus().isOk();
		List<JsonNode> seen = own(this.phones.logIn(person));
		assertThat(seen).hasSize(1);
		assertThat(seen.getFirst().path("own").asBoolean()).isFalse();
		assertThat(seen.getFirst().path("state").asString()).isEqualTo("APPROVED");
		assertThat(seen.getFirst().toString()).doesNotContain("给申诉人的话");
	}

	@Test
	void aRejectedAppealChangesNothingAndIsAnswered() {
		TestMember member = this.members.add("未获支持", "finance");
		String earlier = bound(member);
		String appellant = stranger(member);
		String appeal = submitted(appellant, member);
		decide(unitAdmin("finance"), appeal, "reject", "请携带身份证到单位核实").expectStatus().isOk();
		this.phones.me(earlier).expectBody().jsonPath("$.member.id").isEqualTo(member.id().toString());
		this.phones.me(appellant).expectBody().jsonPath("$.member").isEmpty();
		assertThat(own(appellant).getFirst().path("answer").asString()).isEqualTo("请携带身份证到单位核实");
		awaitMessage(earlier, "关于您绑定的申诉已经驳回");
	}

	@Test
	void aStrangerLearnsNothingFromTheAnswer() {
		TestMember taken = this.members.add("名册有我", "finance");
		TestMember free = this.members.add("尚未绑定", "finance");
		bound(taken);
		Map<String, EntityExchangeResult<JsonNode>> answers = new TreeMap<>();
		answers.put("taken", submit(stranger(taken), appeal(taken.name(), taken.phone())));
		answers.put("free", submit(stranger(free), appeal(free.name(), free.phone())));
		answers.put("wrong name", submit(stranger(taken), appeal("名册无我", taken.phone())));
		answers.put("nobody", submit(stranger(taken), appeal("查无此人", "13911112222")));
		assertThat(answers.values()).allMatch((answer) -> answer.getStatus().value() == 201);
		assertThat(answers.values()).extracting(BindingAppealIT::withoutIdAndTime).containsOnly("""
				{"state":"OPEN","own":true,"answer":null,"decidedAt":null}""");
		assertThat(answers.values()).extracting((answer) -> answer.getResponseHeaders().headerNames()).hasSize(4);
	}

	@Test
	void anAppealThatFitsNobodyIsSeenByTheWholeCityAloneAndCanOnlyBeRejected() {
		TestMember member = this.members.add("某人", "finance");
		String appellant = stranger(member);
		String appeal = id(submit(appellant, appeal("名册没有", "13911113333")));
		assertThat(listed(unitAdmin("finance"))).doesNotContain(appeal);
		assertThat(listed(this.sessions.staff("ADMIN"))).contains(appeal);
		decide(unitAdmin("finance"), appeal, "reject", "没有").expectStatus().isNotFound();
		decide(this.sessions.staff("ADMIN"), appeal, "approve", "好的").expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("verdict");
		decide(this.sessions.staff("ADMIN"), appeal, "reject", "名册中没有找到").expectStatus().isOk();
		assertThat(own(appellant).getFirst().path("state").asString()).isEqualTo("REJECTED");
	}

	@Test
	void aForeignUnitSeesAndDecidesNothing() {
		TestMember member = this.members.add("财政的人", "finance");
		bound(member);
		String appeal = submitted(stranger(member), member);
		assertThat(listed(unitAdmin("audit"))).doesNotContain(appeal);
		assertThat(listed(unitAdmin("finance"))).contains(appeal);
		decide(unitAdmin("audit"), appeal, "approve", "好的").expectStatus().isNotFound();
		contact(unitAdmin("audit"), appeal, "联系核实").expectStatus().isNotFound();
	}

	@Test
	void theContactIsMaskedUntilSomebodySaysWhatFor() {
		TestMember member = this.members.add("联系我", "finance");
		bound(member);
		String appeal = submitted(stranger(member), member);
		JsonNode item = body(this.client.get().uri(DESK + "?state=OPEN").headers(unitAdmin("finance")).exchange())
			.path("items")
			.valueStream()
			.filter((each) -> each.path("id").asString().equals(appeal))
			.findFirst()
			.orElseThrow();
		assertThat(item.toString()).contains("139****7777").doesNotContain("13988887777");
		contact(unitAdmin("finance"), appeal, " ").expectStatus().isEqualTo(422);
		contact(unitAdmin("finance"), appeal, "电话核实申诉").expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.phone")
			.isEqualTo("13988887777");
		assertThat(count("""
				SELECT count(*) FROM personal_data_view WHERE data = 'appeal-contact' AND purpose = '电话核实申诉'
					AND member_id = :id
				""", member.id())).isEqualTo(1);
		assertThat(count("SELECT count(*) FROM binding_appeal p WHERE p::text LIKE '%13988887777%' AND p.id = :id",
				UUID.fromString(appeal)))
			.isZero();
	}

	@Test
	void appealsAreLimited() {
		TestMember member = this.members.add("反复申诉", "finance");
		String appellant = stranger(member);
		for (int i = 0; i < 3; i++) {
			String appeal = submitted(appellant, member);
			submit(appellant, appeal("反复申诉", member.phone()), 409, "appeal-open");
			decide(this.sessions.staff("ADMIN"), appeal, "reject", "不支持").expectStatus().isOk();
		}
		submit(appellant, appeal("反复申诉", member.phone()), 429, "too-many-requests");
		this.clock.advance(Duration.ofHours(25));
		submitted(appellant, member);
		submit(bound(this.members.add("已绑者", "finance")), appeal("反复申诉", member.phone()), 409, "account-bound");
	}

	@Test
	void nonsenseIsNamed() {
		String appellant = stranger(this.members.add("乱填", "finance"));
		Map<String, Object> nonsense = appeal(" ", "123");
		nonsense.put("reason", " ");
		nonsense.put("contact", "abc");
		assertThat(Objects.requireNonNull(submit(appellant, nonsense).getResponseBody())
			.path("errors")
			.valueStream()
			.map((error) -> error.path("field").asString())).containsExactly("name", "phone", "reason", "contact");
	}

	@Test
	void whatAMemberAppealedIsCopiedAndErased() {
		TestMember member = this.members.add("抄件", "finance");
		bound(member);
		String appellant = stranger(member);
		decide(this.sessions.staff("ADMIN"), submitted(appellant, member), "approve", "核实无误").expectStatus().isOk();
		awaitBelief();
		JsonNode copy = body(this.client.get()
			.uri("/api/v1/me/export")
			.headers((headers) -> headers.setBearerAuth(appellant))
			.exchange()
			.expectStatus()
			.isOk());
		assertThat(copy.path("bindingAppeals").path("appeals").get(0).path("contact").asString())
			.isEqualTo("13988887777");
		this.client.delete()
			.uri("/api/v1/me")
			.headers((headers) -> headers.setBearerAuth(appellant))
			.exchange()
			.expectStatus()
			.isNoContent();
		assertThat(count("SELECT count(*) FROM binding_appeal WHERE member_id = :id", member.id())).isZero();
	}

	private String bound(TestMember member) {
		String person = this.phones.person(member);
		String token = this.phones.logIn(person);
		this.phones.bindByPhone(token, person, member.name()).expectStatus().isOk();
		return token;
	}

	/** The token of somebody with another phone. */
	private String stranger(TestMember member) {
		String digits = "15%09d".formatted(Math.floorMod(UUID.randomUUID().getLeastSignificantBits(), 1_000_000_000L));
		return this.phones.logIn(this.sandbox.people().add(member.name(), digits).id());
	}

	private String submitted(String token, TestMember member) {
		return id(submit(token, appeal(member.name(), member.phone())));
	}

	private EntityExchangeResult<JsonNode> submit(String token, Map<String, ?> appeal) {
		return this.client.post()
			.uri(OWN)
			.headers((headers) -> headers.setBearerAuth(token))
			.bodyValue(appeal)
			.exchange()
			.expectBody(JsonNode.class)
			.returnResult();
	}

	private void submit(String token, Map<String, ?> appeal, int status, String problem) {
		EntityExchangeResult<JsonNode> answer = submit(token, appeal);
		assertThat(answer.getStatus().value()).isEqualTo(status);
		assertThat(Objects.requireNonNull(answer.getResponseBody()).path("type").asString()).endsWith(":" + problem);
	}

	private static Map<String, Object> appeal(String name, String phone) {
		return new HashMap<>(Map.of("name", name, "phone", phone, "reason", "换了新微信，旧微信不再使用", "contact", "13988887777",
				"privacyNotice", "2026-11"));
	}

	private static String id(EntityExchangeResult<JsonNode> answer) {
		assertThat(answer.getStatus().value()).as(String.valueOf(answer.getResponseBody())).isEqualTo(201);
		return Objects.requireNonNull(answer.getResponseBody()).path("id").asString();
	}

	private static String withoutIdAndTime(EntityExchangeResult<JsonNode> answer) {
		ObjectNode body = (ObjectNode) Objects.requireNonNull(answer.getResponseBody()).deepCopy();
		body.remove(List.of("id", "submittedAt"));
		return body.toString();
	}

	private WebTestClient.ResponseSpec decide(Consumer<HttpHeaders> who, String appeal, String verdict, String answer) {
		return this.client.post()
			.uri(DESK + "/{id}/decision", appeal)
			.headers(who)
			.bodyValue(Map.of("verdict", verdict, "answer", answer))
			.exchange();
	}

	private WebTestClient.ResponseSpec contact(Consumer<HttpHeaders> who, String appeal, String purpose) {
		return this.client.post()
			.uri(DESK + "/{id}/contact-views", appeal)
			.headers(who)
			.bodyValue(Map.of("purpose", purpose))
			.exchange();
	}

	private List<String> listed(Consumer<HttpHeaders> who) {
		return body(this.client.get().uri(DESK + "?limit=100").headers(who).exchange().expectStatus().isOk())
			.path("items")
			.valueStream()
			.map((item) -> item.path("id").asString())
			.toList();
	}

	private List<JsonNode> own(String token) {
		return body(this.client.get()
			.uri(OWN)
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectStatus()
			.isOk()).path("items").valueStream().toList();
	}

	/** The outbox takes a moment. */
	private void awaitMessage(String token, String title) {
		Mono.fromSupplier(() -> titles(token))
			.subscribeOn(Schedulers.boundedElastic())
			.repeatWhen((times) -> times.delayElements(Duration.ofMillis(100)))
			.filter((titles) -> titles.contains(title))
			.blockFirst(TIMEOUT);
	}

	private List<String> titles(String token) {
		return body(this.client.get()
			.uri("/api/v1/me/messages")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectStatus()
			.isOk()).path("items").valueStream().map((message) -> message.path("title").asString()).toList();
	}

	/** What a node knows of an account is believed for half a second. */
	private static void awaitBelief() {
		Mono.delay(Duration.ofSeconds(1)).block(TIMEOUT);
	}

	private String code(TestMember member) {
		return body(this.client.post()
			.uri("/api/admin/v1/members/{id}/binding-codes", member.id())
			.headers(this.sessions.staff("ADMIN"))
			.exchange()
			.expectStatus()
			.isCreated()).path("code").asString();
	}

	private static JsonNode body(WebTestClient.ResponseSpec answer) {
		return Objects.requireNonNull(answer.expectBody(JsonNode.class).returnResult().getResponseBody());
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

	private long count(String sql, UUID id) {
		return Objects.requireNonNull(this.database.sql(sql).bind("id", id).mapValue(Long.class).one().block(TIMEOUT));
	}

	private Consumer<HttpHeaders> unitAdmin(String unitKey) {
		UUID unit = Objects.requireNonNull(this.database.sql("SELECT id FROM unit WHERE key = :key")
			.bind("key", unitKey)
			.mapValue(UUID.class)
			.one()
			.block(TIMEOUT));
		return this.sessions
			.as(new CurrentStaff(UUID.randomUUID(), UUID.randomUUID(), "limited", Set.of("UNIT_ADMIN"), Set.of(unit)));
	}

}
