package cn.qingfeng.local;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import cn.qingfeng.local.sandbox.control.PersonView;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A campaign that two servers send, while WeChat is away and while one of them is frozen:
 * nobody is forgotten and nobody gets it twice.
 */
class TwoServersPushIT {

	private static final Duration PATIENCE = Duration.ofSeconds(180);

	/** In which sending goes on by itself once WeChat is back. */
	private static final Duration RESUMED = Duration.ofSeconds(60);

	private static final Duration A_WHILE = Duration.ofSeconds(4);

	private static final Duration OUTAGE = Duration.ofMinutes(5);

	private static final String TEMPLATE_SEND = "/cgi-bin/message/template/send";

	private static final int FOLLOWERS = 150;

	private static final int BATCH = 48;

	/** Of both servers. */
	private static final int UNDER_WAY = 2 * 16;

	private final TwoServers servers = TwoServers.running();

	private final String topic = "提醒" + ThreadLocalRandom.current().nextInt(1_000_000);

	@Test
	void aCampaignOutlivesFiveMinutesWithoutWechat() {
		this.servers.turnTo(LocalTime.of(10, 0));
		List<PersonView> followers = this.servers.followers(FOLLOWERS);
		String campaign = sending(20);
		this.servers.wire().cut();
		await().atMost(PATIENCE).until(() -> held(campaign) > FOLLOWERS);
		passes(OUTAGE);
		assertThat(inState(campaign, "PLANNED")).isPositive();
		assertThat(inState(campaign, "FAILED") + inState(campaign, "DOUBTFUL")).isZero();
		assertThat(state(campaign)).isEqualTo("SENDING");
		this.servers.wire().mend();
		await().atMost(RESUMED).until(() -> state(campaign), "COMPLETED"::equals);
		allGotItOnce(campaign, followers);
	}

	@Test
	void whatWaitedForWechatUntilTheNightWaitsForTheMorning() {
		this.servers.turnTo(LocalTime.of(20, 57));
		List<PersonView> followers = this.servers.followers(FOLLOWERS);
		this.servers.wire().cut();
		String campaign = released();
		await().atMost(PATIENCE).until(() -> held(campaign) > FOLLOWERS);
		passes(OUTAGE);
		long calls = calls();
		this.servers.wire().mend();
		await().during(A_WHILE).atMost(PATIENCE).until(() -> calls() == calls);
		assertThat(inState(campaign, "PLANNED")).isEqualTo(FOLLOWERS);
		this.servers.turnTo(LocalTime.of(8, 1));
		await().atMost(RESUMED).until(() -> state(campaign), "COMPLETED"::equals);
		allGotItOnce(campaign, followers);
	}

	@Test
	void theNightStopsWhatIsBeingSent() {
		this.servers.turnTo(LocalTime.of(20, 57));
		List<PersonView> followers = this.servers.followers(FOLLOWERS);
		String campaign = sending(20);
		passes(OUTAGE);
		long calls = calls();
		await().during(A_WHILE).atMost(PATIENCE).until(() -> inState(campaign, "SENDING") == 0);
		assertThat(calls() - calls).as("no more than were under way").isLessThanOrEqualTo(UNDER_WAY);
		this.servers.turnTo(LocalTime.of(8, 1));
		await().atMost(RESUMED).until(() -> state(campaign), "COMPLETED"::equals);
		allGotItOnce(campaign, followers);
	}

	@Test
	void campaignsThatWaitedForWechatGoOutInTheirOrder() {
		this.servers.turnTo(LocalTime.of(10, 0));
		this.servers.followers(FOLLOWERS);
		this.servers.wire().cut();
		String first = released();
		await().atMost(PATIENCE).until(() -> held(first) > FOLLOWERS);
		String second = released();
		await().atMost(PATIENCE).until(() -> inState(second, "PLANNED") == FOLLOWERS);
		passes(OUTAGE);
		this.servers.wire().mend();
		await().atMost(RESUMED).until(() -> state(first).equals("COMPLETED") && state(second).equals("COMPLETED"));
		assertThat(sentAfterTheFirstOf(second, first)).as("at most the batch then under way").isLessThan(BATCH);
	}

	private long sentAfterTheFirstOf(String later, String earlier) {
		return this.servers.witness().number("""
				SELECT count(*) FROM delivery
				WHERE campaign_id = ?::uuid AND channel = 'TEMPLATE_MESSAGE' AND first_sent_at >
					(SELECT min(first_sent_at) FROM delivery
					 WHERE campaign_id = ?::uuid AND channel = 'TEMPLATE_MESSAGE')
				""", earlier, later);
	}

	@Test
	void whatAFrozenServerHeldIsSentByTheOtherAndItsLateWordsDoNotCount() {
		this.servers.turnTo(LocalTime.of(10, 0));
		List<PersonView> followers = this.servers.followers(FOLLOWERS);
		this.servers.balancer().to(this.servers.two());
		String campaign = sending(20);
		this.servers.one().freeze();
		try {
			await().atMost(PATIENCE)
				.during(Duration.ofSeconds(2))
				.until(() -> inState(campaign, "PLANNED") == 0 && inState(campaign, "SENDING") > 0);
			age(Duration.ofSeconds(30));
			await().atMost(PATIENCE).until(() -> state(campaign), "COMPLETED"::equals);
		}
		finally {
			this.servers.one().thaw();
		}
		long attempts = attempts(campaign);
		allGotItOnce(campaign, followers);
		await().during(A_WHILE)
			.atMost(PATIENCE)
			.until(() -> inState(campaign, "DELIVERED") == FOLLOWERS && attempts(campaign) == attempts);
	}

	/** A campaign of which WeChat has taken so many messages. */
	private String sending(int messages) {
		this.servers.fault(TEMPLATE_SEND, "latency", 300);
		long before = calls();
		String campaign = released();
		await().atMost(PATIENCE).until(() -> calls() >= before + messages);
		return campaign;
	}

	private String released() {
		String id = UUID.randomUUID().toString();
		String now = this.servers.now().toString();
		this.servers.witness()
			.run("""
					INSERT INTO campaign (id, kind, title, summary, link, message, state, send_at, author_id, created_at, version)
					VALUES (?::uuid, 'NOTICE', ?, '请阅读', '/m/', jsonb_build_object('topic', ?::text), 'PLANNED', ?::timestamptz,
						gen_random_uuid(), ?::timestamptz, 0)
					""",
					id, this.topic, this.topic, now, now);
		this.servers.one()
			.json(ApiCall.post("/api/admin/v1/campaigns/" + id + "/approval", this.servers.staff("approver"), null));
		return id;
	}

	/** Also for the times in the database, by whose clock leases and pauses go. */
	private void passes(Duration time) {
		this.servers.turn(time);
		age(time);
	}

	private void age(Duration time) {
		this.servers.witness().run("""
				UPDATE delivery SET due_at = due_at - past, lease_until = lease_until - past,
					first_sent_at = first_sent_at - past
				FROM (SELECT ?::interval AS past) p WHERE state IN ('PLANNED', 'SENDING')
				""", time.toString());
	}

	private void allGotItOnce(String campaign, List<PersonView> followers) {
		await().atMost(PATIENCE).until(() -> inState(campaign, "DELIVERED"), (count) -> count == FOLLOWERS);
		assertThat(followers).hasSize(FOLLOWERS).allSatisfy((follower) -> assertThat(notices(follower)).isEqualTo(1));
	}

	private long notices(PersonView follower) {
		return this.servers.wechat()
			.people()
			.messages(follower.id())
			.stream()
			.filter((message) -> message.fields().stream().anyMatch((field) -> field.value().equals(this.topic)))
			.count();
	}

	private long calls() {
		return this.servers.wechatCalls(TEMPLATE_SEND, this.servers.service().appid());
	}

	private String state(String campaign) {
		return this.servers.witness()
			.rows("SELECT state FROM campaign WHERE id = ?::uuid", campaign)
			.getFirst()
			.getFirst();
	}

	private long inState(String campaign, String state) {
		return deliveries("count(*) FILTER (WHERE state = '" + state + "')", campaign);
	}

	private long held(String campaign) {
		return deliveries("coalesce(sum(held), 0)", campaign);
	}

	private long attempts(String campaign) {
		return deliveries("sum(attempts)", campaign);
	}

	private long deliveries(String what, String campaign) {
		return this.servers.witness()
			.number("SELECT " + what + " FROM delivery WHERE campaign_id = ?::uuid AND channel = 'TEMPLATE_MESSAGE'",
					campaign);
	}

}
