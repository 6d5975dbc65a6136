package cn.qingfeng.push.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestSessions;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.member.DirectBinding;
import cn.qingfeng.member.Members;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.push.CampaignMessage;
import cn.qingfeng.push.Campaigns;
import cn.qingfeng.push.NewCampaign;
import cn.qingfeng.push.campaign.Channel;
import cn.qingfeng.wechat.SandboxControl;
import cn.qingfeng.wechat.WechatErrorClass;
import cn.qingfeng.wechat.WechatOutcome;
import cn.qingfeng.wechat.WechatProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QingfengIT
class CampaignIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String TEMPLATE_SEND = "/cgi-bin/message/template/send";

	@Autowired
	private Campaigns campaigns;

	@Autowired
	private Transactions transactions;

	@Autowired
	private Members members;

	@Autowired
	private TestMembers testMembers;

	@Autowired
	private DeliveryStore deliveries;

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

	private final UUID author = UUID.randomUUID();

	/** The inbox and the phones also hold what other tests sent. */
	private final String title = "提醒" + UUID.randomUUID();

	private Consumer<HttpHeaders> approver;

	@BeforeEach
	void itIsDay() {
		this.clock.setTo("2026-12-15T10:00");
		this.approver = this.sessions.staff("APPROVER");
	}

	@AfterEach
	void allIsWellAgain() {
		this.sandbox.clearFaults();
		this.clock.reset();
	}

	@Test
	void aNoticeReachesEachMemberOnceByTheBestWay() {
		PersonView follower = follower();
		PersonView blocking = follower();
		this.sandbox.people().act(blocking.id(), "block", Map.of());
		PersonView gone = bound();
		UUID unbound = unboundMember();
		UUID campaign = notice(now(), null);
		assertThat(campaign(campaign)).containsEntry("state", "PLANNED").containsEntry("deliveries", 0);
		assertThat(((Number) plan(campaign).get("members")).longValue()).isEqualTo(activeMembers());

		approve(campaign);
		awaitState(campaign, "COMPLETED");
		awaitDelivery(campaign, follower, "DELIVERED");
		awaitDelivery(campaign, blocking, "BLOCKED");
		awaitDelivery(campaign, gone, "SKIPPED");

		assertThat(noticesOn(follower)).isEqualTo(1);
		assertThat(noticesOn(blocking)).isZero();
		for (String group : List.of("state", "channel")) {
			Map<String, Object> ledger = get("/campaigns/" + campaign + "/ledger?group=" + group);
			assertThat(((Number) ledger.get("total")).longValue()).isEqualTo(activeMembers());
			assertThat(items(ledger, "groups").stream().mapToInt((one) -> (int) one.get("count")).sum())
				.isEqualTo(ledger.get("total"));
		}
		assertThat(items(get("/campaigns/" + campaign + "/deliveries?state=blocked"), "items")).singleElement()
			.satisfies((one) -> assertThat(one).containsEntry("reason", "对方拒收")
				.containsEntry("channel", "TEMPLATE_MESSAGE"));
		assertThat(items(get("/campaigns/" + campaign + "/deliveries?state=skipped"), "items")).isNotEmpty()
			.anySatisfy((one) -> assertThat(String.valueOf(one.get("reason"))).contains("43004"));
		theInboxOf(unbound);
		this.sandbox.people().act(blocking.id(), "unblock", Map.of());
	}

	@Test
	void theLedgerListsEachMemberOnOnePageAfterTheOther() {
		UUID campaign = notice(now(), UUID.randomUUID());
		awaitState(campaign, "COMPLETED");
		long seen = 0;
		@Nullable Object cursor = null;
		do {
			Map<String, Object> page = get(
					"/campaigns/" + campaign + "/deliveries?limit=100" + ((cursor != null) ? "&cursor=" + cursor : ""));
			seen += items(page, "items").size();
			cursor = page.get("nextCursor");
		}
		while (cursor != null);
		assertThat(seen).isEqualTo(activeMembers());
	}

	@Test
	void theAuthorDoesNotApprove() {
		UUID campaign = notice(now(), null);
		post("/campaigns/" + campaign + "/approval", this.sessions.staff(this.author, "APPROVER"), 409);
		assertThat(campaign(campaign)).containsEntry("state", "PLANNED");
		approve(campaign);
		post("/campaigns/" + campaign + "/approval", this.approver, 409);
	}

	@Test
	void aPausedCampaignWaitsAndGoesOn() {
		UUID campaign = notice(now().plus(Duration.ofMinutes(30)), UUID.randomUUID());
		post("/campaigns/" + campaign + "/pause", this.approver, 200);
		this.clock.advance(Duration.ofMinutes(31));
		staysIn(campaign, "PAUSED");
		post("/campaigns/" + campaign + "/resume", this.approver, 200);
		awaitState(campaign, "COMPLETED");
	}

	@Test
	void aCancelledCampaignNeverStarts() {
		UUID campaign = notice(now().plus(Duration.ofMinutes(30)), UUID.randomUUID());
		post("/campaigns/" + campaign + "/cancel", this.approver, 200);
		this.clock.advance(Duration.ofMinutes(31));
		staysIn(campaign, "CANCELLED");
		assertThat(campaign(campaign)).containsEntry("deliveries", 0);
		post("/campaigns/" + campaign + "/resume", this.approver, 409);
	}

	@Test
	void atNightNothingRings() {
		this.clock.setTo("2026-12-15T22:00");
		UUID campaign = notice(now(), UUID.randomUUID());
		staysIn(campaign, "APPROVED");
		this.clock.setTo("2026-12-16T08:01");
		awaitState(campaign, "COMPLETED");
	}

	@Test
	void aMissedHourIsLeftToAPerson() {
		UUID campaign = notice(now().minus(Duration.ofHours(3)), UUID.randomUUID());
		awaitState(campaign, "HELD");
		assertThat(campaign(campaign)).containsEntry("deliveries", 0);
		approve(campaign);
		awaitState(campaign, "COMPLETED");
	}

	@Test
	void aLostAnswerNeverMakesASecondMessage() {
		List<PersonView> followers = List.of(follower(), follower(), follower());
		new SandboxControl(this.sandbox).fault(TEMPLATE_SEND, "timeoutAfterEffect", 4_000, 2);
		UUID campaign = notice(now(), UUID.randomUUID());
		awaitState(campaign, "COMPLETED");
		followers.forEach((follower) -> awaitDelivery(campaign, follower, "DELIVERED"));
		assertThat(followers).allSatisfy((follower) -> assertThat(noticesOn(follower)).isEqualTo(1));
		assertThat(attempts(campaign)).isGreaterThan(1);
	}

	@Test
	void aReceiptThatOvertakesItsAnswerIsKept() {
		PersonView follower = follower();
		new SandboxControl(this.sandbox).fault(TEMPLATE_SEND, "latency", 2_500, 1_000);
		UUID campaign = notice(now(), UUID.randomUUID());
		awaitState(campaign, "COMPLETED");
		awaitDelivery(campaign, follower, "DELIVERED");
		assertThat(noticesOn(follower)).isEqualTo(1);
		assertThat(attempts(campaign)).isEqualTo(1);
	}

	@Test
	void whatIsWrongWithSomeStopsNobodyElse() {
		Map<Integer, String> scripts = new LinkedHashMap<>();
		scripts.put(40003, "SKIPPED");
		scripts.put(43004, "SKIPPED");
		scripts.put(43019, "SKIPPED");
		scripts.put(43101, "SKIPPED");
		scripts.put(47003, "FAILED");
		scripts.put(40249, "FAILED");
		scripts.put(99_123, "FAILED");
		Map<PersonView, String> expected = new LinkedHashMap<>();
		scripts.forEach((code, state) -> {
			PersonView person = follower();
			script(person, "errcode", code, 1_000);
			expected.put(person, state);
		});
		PersonView busyOnce = follower();
		script(busyOnce, "errcode", -1, 1);
		expected.put(busyOnce, "DELIVERED");
		List<PersonView> others = List.of(follower(), follower(), follower(), follower(), follower(), follower());
		others.forEach((person) -> expected.put(person, "DELIVERED"));
		UUID campaign = notice(now(), UUID.randomUUID());
		awaitState(campaign, "COMPLETED");
		expected.forEach((person, state) -> awaitDelivery(campaign, person, state));
		assertThat(others).allSatisfy((person) -> assertThat(noticesOn(person)).isEqualTo(1));
		assertThat(noticesOn(busyOnce)).isEqualTo(1);
	}

	@Test
	void inBadWeatherEveryRowEndsInADefiniteStateAndNobodyGetsTwo() {
		List<PersonView> followers = manyFollowers(120);
		sometimes("errcode", -1, 0.1);
		sometimes("timeoutAfterEffect", 3_500, 0.03);
		sometimes("errcode", 43004, 0.05);
		UUID campaign = notice(now(), UUID.randomUUID());
		awaitState(campaign, "COMPLETED");
		for (PersonView follower : followers) {
			await().atMost(PATIENCE)
				.until(() -> deliveryState(campaign, follower), Set.of("DELIVERED", "SKIPPED")::contains);
			long notices = noticesOn(follower);
			assertThat(notices).isLessThanOrEqualTo(1);
			assertThat(notices == 1 || deliveryState(campaign, follower).equals("SKIPPED")).isTrue();
		}
		assertThat(followers).filteredOn((follower) -> deliveryState(campaign, follower).equals("DELIVERED"))
			.hasSizeGreaterThan(80);
	}

	private List<PersonView> manyFollowers(int count) {
		List<PersonView> people = new ArrayList<>();
		List<DirectBinding> bindings = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			TestMembers.TestMember member = this.testMembers.add("众人" + i);
			PersonView person = this.sandbox.people().add(member.name(), member.phone());
			bindings.add(new DirectBinding(member.number(), this.wechat.mp().appId(), openid(person), null, true));
			people.add(person);
		}
		this.members.bindDirectly(bindings).block(PATIENCE);
		people.forEach((person) -> this.sandbox.people().act(person.id(), "follow", Map.of()));
		return people;
	}

	private void sometimes(String kind, int value, double probability) {
		this.sandbox.fault(new JsonMapper()
			.valueToTree(Map.of("path", TEMPLATE_SEND, "kind", kind, "value", value, "probability", probability)));
	}

	/** What WeChat answers whenever this person is written to. */
	private void script(PersonView person, String kind, int value, int next) {
		this.sandbox.fault(new JsonMapper().valueToTree(
				Map.of("path", TEMPLATE_SEND, "kind", kind, "value", value, "next", next, "body", openid(person))));
	}

	@Test
	void aUsedUpQuotaPausesTheCampaignUntilAPersonResumesItOnAnotherDay() {
		PersonView follower = follower();
		this.clock.advance(Duration.ofDays(1));
		new SandboxControl(this.sandbox).fault(TEMPLATE_SEND, "errcode", 45009, 1_000);
		UUID campaign = notice(now(), UUID.randomUUID());
		awaitState(campaign, "PAUSED");
		assertThat(String.valueOf(campaign(campaign).get("stateReason"))).contains("45009");
		this.sandbox.clearFaults();
		this.clock.advance(Duration.ofDays(1));
		this.database.sql("UPDATE delivery SET due_at = now() WHERE campaign_id = :id")
			.bind("id", campaign)
			.then()
			.block(PATIENCE);
		post("/campaigns/" + campaign + "/resume", this.approver, 200);
		awaitState(campaign, "COMPLETED");
		awaitDelivery(campaign, follower, "DELIVERED");
		assertThat(noticesOn(follower)).isEqualTo(1);
	}

	@Test
	void whatADeadWorkerHeldIsTakenOverOnceAndItsLateWordDoesNotCount() {
		PersonView follower = follower();
		UUID campaign = notice(now().plus(Duration.ofDays(1)), UUID.randomUUID());
		UUID delivery = UUID.randomUUID();
		String openid = openid(follower);
		this.database.sql("UPDATE campaign SET state = 'PAUSED', started = true WHERE id = :id")
			.bind("id", campaign)
			.then()
			.then(this.database.sql("""
					INSERT INTO delivery (id, campaign_id, member_id, channel, openid, state, attempts, lease_until,
						first_sent_at)
					VALUES (:id, :campaign, gen_random_uuid(), 'TEMPLATE_MESSAGE', :openid, 'SENDING', 1,
						now() - interval '1 second', now() - interval '30 seconds')
					""").bind("id", delivery).bind("campaign", campaign).bind("openid", openid).then())
			.block(PATIENCE);
		post("/campaigns/" + campaign + "/resume", this.approver, 200);
		awaitDelivery(campaign, follower, "DELIVERED");
		LeasedDelivery late = new LeasedDelivery(delivery, campaign, Channel.TEMPLATE_MESSAGE, openid, 1, 0, false,
				"/m/", "元旦廉洁提醒");
		assertThat(this.deliveries
			.settle(List.of(Settlement.of(late, new WechatOutcome.Refused<>(WechatErrorClass.GONE, 43004, "", ""))))
			.block(PATIENCE)).isZero();
		assertThat(deliveryState(campaign, follower)).isEqualTo("DELIVERED");
		assertThat(noticesOn(follower)).isEqualTo(1);
		assertThat(attempts(campaign)).isEqualTo(2);
	}

	@Test
	void whatACancelledCampaignHasNotSentIsSkipped() {
		UUID campaign = notice(now().plus(Duration.ofDays(1)), UUID.randomUUID());
		this.database.sql("UPDATE campaign SET state = 'PAUSED', started = true WHERE id = :id")
			.bind("id", campaign)
			.then()
			.then(this.database.sql("""
					INSERT INTO delivery (id, campaign_id, member_id, channel, openid, state)
					VALUES (gen_random_uuid(), :campaign, gen_random_uuid(), 'TEMPLATE_MESSAGE', 'nobody', 'PLANNED')
					""").bind("campaign", campaign).then())
			.block(PATIENCE);
		post("/campaigns/" + campaign + "/cancel", this.approver, 200);
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(items(get("/campaigns/" + campaign + "/ledger?group=state"), "groups"))
				.singleElement()
				.satisfies((group) -> assertThat(group).containsEntry("key", "skipped")));
	}

	@Test
	void aMassSendReachesFollowersAndIsSettledByWechatsCount() {
		this.clock.setTo("2027-03-10T10:00");
		PersonView follower = follower();
		List<CampaignMessage.ArticleCard> cards = List.of(card(this.title.substring(0, 20)), card("本月知识测试"));
		UUID campaign = start(new NewCampaign("清风月刊", "本期内容", "/m/", new CampaignMessage.MassArticles(cards), now(),
				this.author, UUID.randomUUID()));
		awaitState(campaign, "COMPLETED");
		awaitDelivery(campaign, follower, "DELIVERED");
		assertThat(this.sandbox.people().messages(follower.id()))
			.filteredOn((one) -> one.title().equals(this.title.substring(0, 20)))
			.singleElement()
			.satisfies((one) -> assertThat(one.articles()).hasSize(2));
		Map<String, Object> ledger = get("/campaigns/" + campaign + "/ledger?group=state");
		assertThat(items(ledger, "groups")).singleElement()
			.satisfies((group) -> assertThat(group).containsEntry("key", "delivered"));
	}

	private static CampaignMessage.ArticleCard card(String title) {
		return new CampaignMessage.ArticleCard(title, null, "摘要", "<p>正文</p>", "/m/");
	}

	private UUID notice(Instant sendAt, @Nullable UUID approvedBy) {
		return start(new NewCampaign(this.title, "请阅读倡议书", "/m/#/pages/article/index",
				new CampaignMessage.Notice("元旦廉洁提醒"), sendAt, this.author, approvedBy));
	}

	private UUID start(NewCampaign campaign) {
		return Objects.requireNonNull(this.transactions.inTransaction(this.campaigns.start(campaign)).block(PATIENCE))
			.value();
	}

	/** A member who follows the public account. */
	private PersonView follower() {
		PersonView person = bound();
		this.sandbox.people().act(person.id(), "follow", Map.of());
		return person;
	}

	/** A member of whom we think that he follows. */
	private PersonView bound() {
		PersonView person = this.sandbox.people()
			.add("王清", "13%09d".formatted(ThreadLocalRandom.current().nextInt(1_000_000_000)));
		String number = text("""
				SELECT number FROM member m WHERE status = 'ACTIVE' AND NOT EXISTS (
					SELECT 1 FROM wechat_account a WHERE a.member_id = m.id) ORDER BY random() LIMIT 1
				""");
		this.members
			.bindDirectly(List.of(new DirectBinding(number, this.wechat.mp().appId(), openid(person), null, true)))
			.block(PATIENCE);
		return person;
	}

	private UUID unboundMember() {
		return UUID.fromString(text("""
				SELECT id::text FROM member m WHERE status = 'ACTIVE' AND NOT EXISTS (
					SELECT 1 FROM wechat_account a WHERE a.member_id = m.id) ORDER BY random() LIMIT 1
				"""));
	}

	private void theInboxOf(UUID member) {
		Consumer<HttpHeaders> reader = this.sessions.member(UUID.randomUUID(), member);
		Map<String, Object> page = read("/api/v1/me/messages", reader);
		int unread = (int) page.get("unread");
		Map<String, Object> message = items(page, "items").stream()
			.filter((one) -> this.title.equals(one.get("title")))
			.findFirst()
			.orElseThrow();
		assertThat(message).containsEntry("body", "请阅读倡议书").containsEntry("read", false);
		for (int i = 0; i < 2; i++) {
			this.client.put()
				.uri("/api/v1/me/messages/{id}/read", message.get("id"))
				.headers(reader)
				.exchange()
				.expectStatus()
				.isNoContent();
		}
		assertThat(read("/api/v1/me/messages", reader)).containsEntry("unread", unread - 1);
		this.client.put()
			.uri("/api/v1/me/messages/{id}/read", message.get("id"))
			.headers(this.sessions.member(UUID.randomUUID(), UUID.randomUUID()))
			.exchange()
			.expectStatus()
			.isNotFound();
	}

	private Instant now() {
		return ((Clock) this.clock).instant();
	}

	private String openid(PersonView person) {
		return Objects.requireNonNull(person.openids().get(this.wechat.mp().appId()));
	}

	private long noticesOn(PersonView person) {
		return this.sandbox.people()
			.messages(person.id())
			.stream()
			.filter((message) -> message.kind().equals("template"))
			.count();
	}

	private void awaitState(UUID campaign, String state) {
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(campaign(campaign)).containsEntry("state", state));
	}

	private void staysIn(UUID campaign, String state) {
		await().during(Duration.ofSeconds(3))
			.atMost(PATIENCE)
			.until(() -> campaign(campaign).get("state"), (now) -> state.equals(now));
	}

	private void awaitDelivery(UUID campaign, PersonView person, String state) {
		await().atMost(PATIENCE).until(() -> deliveryState(campaign, person), state::equals);
	}

	private String deliveryState(UUID campaign, PersonView person) {
		return this.database.sql("SELECT state FROM delivery WHERE campaign_id = :campaign AND openid = :openid")
			.bind("campaign", campaign)
			.bind("openid", openid(person))
			.mapValue(String.class)
			.one()
			.defaultIfEmpty("none")
			.blockOptional(PATIENCE)
			.orElseThrow();
	}

	private int attempts(UUID campaign) {
		return this.database.sql("SELECT max(attempts) FROM delivery WHERE campaign_id = :campaign")
			.bind("campaign", campaign)
			.mapValue(Integer.class)
			.one()
			.blockOptional(PATIENCE)
			.orElseThrow();
	}

	private long activeMembers() {
		return this.members.count().blockOptional(PATIENCE).orElseThrow();
	}

	private String text(String sql) {
		return this.database.sql(sql).mapValue(String.class).one().blockOptional(PATIENCE).orElseThrow();
	}

	private void approve(UUID campaign) {
		post("/campaigns/" + campaign + "/approval", this.approver, 200);
	}

	private Map<String, Object> plan(UUID campaign) {
		return post("/campaigns/" + campaign + "/plan", this.approver, 200);
	}

	private Map<String, Object> campaign(UUID id) {
		return get("/campaigns/" + id);
	}

	private Map<String, Object> get(String path) {
		return read("/api/admin/v1" + path, this.sessions.staff("PUBLISHER"));
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> read(String path, Consumer<HttpHeaders> who) {
		return Objects.requireNonNull(this.client.get()
			.uri(path)
			.headers(who)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody());
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> post(String path, Consumer<HttpHeaders> who, int status) {
		return Objects.requireNonNull(this.client.post()
			.uri("/api/admin/v1" + path)
			.headers(who)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody());
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> items(Map<String, Object> answer, String field) {
		return (List<Map<String, Object>>) Objects.requireNonNull(answer.get(field));
	}

}
