package cn.qingfeng.push.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestSessions;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.message.SampleTemplates;
import cn.qingfeng.member.DirectBinding;
import cn.qingfeng.member.Members;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.push.CampaignMessage;
import cn.qingfeng.push.Campaigns;
import cn.qingfeng.push.NewCampaign;
import cn.qingfeng.wechat.SandboxControl;
import cn.qingfeng.wechat.WechatProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QingfengIT
class SubscriptionIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String SEND = "/cgi-bin/message/subscribe/send";

	private static final String TEMPLATE = SampleTemplates.MINI_QUIZ;

	@Autowired
	private Campaigns campaigns;

	@Autowired
	private Transactions transactions;

	@Autowired
	private Members members;

	@Autowired
	private TestMembers testMembers;

	@Autowired
	private WechatProperties wechat;

	@Autowired
	private Sandbox sandbox;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TestClock clock;

	private PersonView person;

	private UUID member;

	private Consumer<HttpHeaders> phone;

	@BeforeEach
	void aMemberOfTheMiniProgramAlone() {
		this.clock.setTo("2026-12-15T10:00");
		TestMembers.TestMember added = this.testMembers.add("订阅");
		this.member = added.id();
		this.person = this.sandbox.people().add(added.name(), added.phone());
		this.members
			.bindDirectly(List
				.of(new DirectBinding(added.number(), this.wechat.miniProgram().appId(), openid(), null, false)))
			.block(PATIENCE);
		this.phone = this.sessions.member(UUID.randomUUID(), this.member);
	}

	@AfterEach
	void allIsWellAgain() {
		this.sandbox.clearFaults();
		this.clock.reset();
	}

	@Test
	void eachConsentIsGoodForOneNoticeAndThenOnlyTheInboxIsLeft() {
		assertThat(consent()).containsEntry("grants", 0).containsEntry("answer", null);
		accept();
		awaitGrants(1);
		// WeChat tells events apart by their second.
		this.clock.advance(Duration.ofSeconds(2));
		accept();
		awaitGrants(2);
		assertThat(consent()).containsEntry("answer", "accept").containsEntry("title", "测试截止提醒");
		for (int left = 1; left >= 0; left--) {
			UUID campaign = notice();
			awaitDelivery(campaign, "SUBSCRIPTION_MESSAGE", "DELIVERED");
			awaitGrants(left);
		}
		assertThat(messages()).isEqualTo(2);
		UUID last = notice();
		awaitDelivery(last, "INBOX", "DELIVERED");
		assertThat(messages()).isEqualTo(2);
	}

	@Test
	void whatIsSwitchedOffInWechatIsWorthNothing() {
		accept();
		awaitGrants(1);
		act("changeSetting");
		awaitGrants(0);
		assertThat(consent()).containsEntry("answer", "reject");
		awaitDelivery(notice(), "INBOX", "DELIVERED");
	}

	@Test
	void aRefusalGrantsNothing() {
		act("popup", Map.of("results", Map.of(TEMPLATE, "reject")));
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(consent()).containsEntry("answer", "reject"));
		assertThat(consent()).containsEntry("grants", 0);
	}

	@Test
	void whatThePhoneReportsIsRememberedAndWorthNothing() {
		assertThat(report(TEMPLATE, "accept", 200)).containsKey("items");
		assertThat(consent()).containsEntry("answer", "accept").containsEntry("grants", 0);
		assertThat(report("no-such-template", "accept", 422)).containsEntry("type",
				"urn:qingfeng:problem:invalid-request");
	}

	@Test
	void aLostAnswerIsInDoubtAndNeverASecondMessage() {
		accept();
		awaitGrants(1);
		new SandboxControl(this.sandbox).fault(SEND, "timeoutAfterEffect", 4_000, 1);
		UUID campaign = notice();
		awaitDelivery(campaign, "SUBSCRIPTION_MESSAGE", "DOUBTFUL");
		awaitGrants(0);
		assertThat(messages()).isEqualTo(1);
		assertThat(attempts(campaign)).isEqualTo(1);
	}

	@Test
	void whatADeadWorkerHeldIsInDoubt() {
		accept();
		awaitGrants(1);
		UUID campaign = notice();
		awaitDelivery(campaign, "SUBSCRIPTION_MESSAGE", "DELIVERED");
		this.database.sql("""
				UPDATE delivery SET state = 'SENDING', msg_id = NULL, lease_until = now() - interval '1 second'
				WHERE campaign_id = :campaign AND member_id = :member
				""").bind("campaign", campaign).bind("member", this.member).then().block(PATIENCE);
		awaitDelivery(campaign, "SUBSCRIPTION_MESSAGE", "DOUBTFUL");
		assertThat(messages()).isEqualTo(1);
	}

	@Test
	void wechatsWordEmptiesTheWallet() {
		accept();
		awaitGrants(1);
		this.database.sql("UPDATE subscription_consent SET grants = 5 WHERE openid = :openid")
			.bind("openid", openid())
			.then()
			.block(PATIENCE);
		awaitDelivery(notice(), "SUBSCRIPTION_MESSAGE", "DELIVERED");
		UUID campaign = notice();
		awaitDelivery(campaign, "SUBSCRIPTION_MESSAGE", "SKIPPED");
		awaitGrants(0);
		assertThat(messages()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aReceiptSettlesTheMessageWhetherOrNotWechatToldItsId(boolean tells) {
		this.sandbox.apps()
			.change(this.wechat.miniProgram().appId(),
					new JsonMapper().valueToTree(Map.of("switches", Map.of("subscribeSendTellsMsgid", tells))));
		accept();
		awaitGrants(1);
		awaitDelivery(notice(), "SUBSCRIPTION_MESSAGE", "DELIVERED");
	}

	@Test
	void whoIsErasedLeavesNoConsent() {
		accept();
		awaitGrants(1);
		assertThat(String.valueOf(get("/api/v1/me/export").get("messages"))).contains(TEMPLATE);
		this.client.delete().uri("/api/v1/me").headers(this.phone).exchange().expectStatus().is2xxSuccessful();
		assertThat(this.database.sql("SELECT count(*) FROM subscription_consent WHERE openid = :openid")
			.bind("openid", openid())
			.mapValue(Long.class)
			.one()
			.block(PATIENCE)).isZero();
	}

	private UUID notice() {
		NewCampaign campaign = new NewCampaign("提醒", "请阅读倡议书", "/m/#/pages/article/index",
				new CampaignMessage.Notice("元旦廉洁提醒"), ((Clock) this.clock).instant(), UUID.randomUUID(),
				UUID.randomUUID());
		return Objects.requireNonNull(this.transactions.inTransaction(this.campaigns.start(campaign)).block(PATIENCE))
			.value();
	}

	private void accept() {
		act("popup");
	}

	private void act(String action) {
		act(action, Map.of("templateIds", List.of(TEMPLATE)));
	}

	private void act(String action, Map<String, ?> fields) {
		Map<String, Object> all = new HashMap<>(fields);
		all.put("appid", this.wechat.miniProgram().appId());
		this.sandbox.people().act(this.person.id(), action, all);
	}

	private String openid() {
		return Objects.requireNonNull(this.person.openids().get(this.wechat.miniProgram().appId()));
	}

	private long messages() {
		return this.sandbox.people()
			.messages(this.person.id())
			.stream()
			.filter((message) -> message.kind().equals("subscription"))
			.count();
	}

	private void awaitGrants(int grants) {
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(consent()).containsEntry("grants", grants));
	}

	private void awaitDelivery(UUID campaign, String channel, String state) {
		await().atMost(PATIENCE)
			.untilAsserted(
					() -> assertThat(text(campaign, "channel || ' ' || state")).isEqualTo(channel + " " + state));
	}

	private int attempts(UUID campaign) {
		return Integer.parseInt(text(campaign, "attempts::text"));
	}

	private String text(UUID campaign, String expression) {
		return this.database
			.sql("SELECT %s FROM delivery WHERE campaign_id = :campaign AND member_id = :member".formatted(expression))
			.bind("campaign", campaign)
			.bind("member", this.member)
			.mapValue(String.class)
			.one()
			.defaultIfEmpty("none")
			.blockOptional(PATIENCE)
			.orElseThrow();
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> consent() {
		List<Map<String, Object>> items = (List<Map<String, Object>>) Objects
			.requireNonNull(get("/api/v1/me/consents").get("items"));
		return items.getFirst();
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> get(String path) {
		return Objects.requireNonNull(this.client.get()
			.uri(path)
			.headers(this.phone)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody());
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> report(String template, String result, int status) {
		return Objects.requireNonNull(this.client.post()
			.uri("/api/v1/me/consents")
			.headers(this.phone)
			.bodyValue(Map.of("results", List.of(Map.of("templateId", template, "result", result))))
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody());
	}

}
