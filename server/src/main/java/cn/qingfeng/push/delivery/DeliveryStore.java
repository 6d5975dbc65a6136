package cn.qingfeng.push.delivery;

import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.push.campaign.Campaign;
import cn.qingfeng.push.campaign.Recipient;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * The deliveries in the database. Leases go by the clock of the database, and a worker's
 * late word counts only while its own lease stands: each lease has a number.
 */
@Component
class DeliveryStore {

	/** How long a batch may take; a dead worker's batch is taken over after it. */
	static final int LEASE_SECONDS = 28;

	/**
	 * WeChat remembers {@code client_msg_id} for ten minutes; after nine a repeated send
	 * is no longer safe.
	 */
	private static final String SAFE_TO_REPEAT = "interval '9 minutes'";

	private static final String REASON_OF_RECEIPT = """
			CASE r.state WHEN 'BLOCKED' THEN '对方拒收' WHEN 'FAILED' THEN '微信未能送达' END""";

	private static final String JOIN_RECEIPTS = """
			UPDATE delivery d SET state = r.state, updated_at = now(), reason = %s
			FROM receipt r
			WHERE d.msg_id = r.msg_id AND d.state = 'ACCEPTED'
			""".formatted(REASON_OF_RECEIPT);

	private final DatabaseClient database;

	private final IdGenerator ids;

	DeliveryStore(DatabaseClient database, IdGenerator ids) {
		this.database = database;
		this.ids = ids;
	}

	/**
	 * One delivery for each of these members; those who have one keep it.
	 */
	Mono<Long> insert(Campaign campaign, List<Recipient> recipients) {
		return this.database.sql("""
				INSERT INTO delivery (id, campaign_id, member_id, channel, openid, state)
				SELECT u.id, :campaign, u.member, u.channel, u.openid,
					CASE u.channel WHEN 'INBOX' THEN 'DELIVERED' ELSE 'PLANNED' END
				FROM unnest(:ids::uuid[], :members::uuid[], :channels::text[], :openids::text[])
					AS u (id, member, channel, openid)
				ON CONFLICT ON CONSTRAINT delivery_once_a_member DO NOTHING
				""")
			.bind("campaign", campaign.id())
			.bind("ids", recipients.stream().map((recipient) -> this.ids.next()).toArray(UUID[]::new))
			.bind("members", recipients.stream().map(Recipient::memberId).toArray(UUID[]::new))
			.bind("channels", recipients.stream().map((recipient) -> recipient.channel().name()).toArray(String[]::new))
			.bind("openids", recipients.stream().map(Recipient::openid).toArray(String[]::new))
			.fetch()
			.rowsUpdated();
	}

	/**
	 * Leases messages that are due, whether new, to be repeated or left by a worker that
	 * died. A subscription message is leased once: nothing makes a second send harmless.
	 */
	Mono<List<LeasedDelivery>> lease(int limit) {
		return this.database.sql("""
				WITH due AS MATERIALIZED (
					SELECT x.id, x.first_sent_at IS NOT NULL AS repeated
					FROM delivery x JOIN campaign y ON y.id = x.campaign_id
					WHERE y.state = 'SENDING' AND x.channel IN ('TEMPLATE_MESSAGE', 'SUBSCRIPTION_MESSAGE')
						AND (x.state = 'PLANNED' AND x.due_at <= now()
							OR x.state = 'SENDING' AND x.lease_until < now() AND x.channel = 'TEMPLATE_MESSAGE')
						AND (x.first_sent_at IS NULL OR x.first_sent_at > now() - %s)
					ORDER BY x.due_at LIMIT :limit FOR UPDATE OF x SKIP LOCKED)
				UPDATE delivery d
				SET state = 'SENDING', attempts = d.attempts + 1, lease_until = now() + :lease * interval '1 second',
					first_sent_at = coalesce(d.first_sent_at, now()), updated_at = now()
				FROM due, campaign c
				WHERE d.id = due.id AND c.id = d.campaign_id
				RETURNING d.id, d.campaign_id, d.channel, d.openid, d.attempts, d.held, due.repeated, c.link,
					c.message ->> 'topic' AS topic
				""".formatted(SAFE_TO_REPEAT))
			.bind("lease", LEASE_SECONDS)
			.bind("limit", limit)
			.mapProperties(LeasedDelivery.class)
			.all()
			.collectList();
	}

	/**
	 * Writes down what became of a batch, in one statement. A receipt that came first
	 * settles the delivery at once. What was held keeps its place in the order.
	 */
	Mono<Long> settle(List<Settlement> settlements) {
		return this.database
			.sql("""
					UPDATE delivery d
					SET state = coalesce(r.state, s.state), reason = coalesce(%s, s.reason), msg_id = s.msg_id, lease_until = NULL,
						due_at = CASE WHEN s.held THEN d.due_at ELSE now() + s.delay * interval '1 second' END,
						held = d.held + s.held::int, updated_at = now(),
						first_sent_at = CASE WHEN s.reached THEN d.first_sent_at END
					FROM unnest(:ids::uuid[], :attempts::int[], :states::text[], :reasons::text[], :msgIds::text[],
							:delays::int[], :reached::boolean[], :held::boolean[])
						AS s (id, attempt, state, reason, msg_id, delay, reached, held)
						LEFT JOIN receipt r ON r.msg_id = s.msg_id
					WHERE d.id = s.id AND d.attempts = s.attempt AND d.state = 'SENDING'
					"""
				.formatted(REASON_OF_RECEIPT))
			.bind("ids", settlements.stream().map((settled) -> settled.delivery().id()).toArray(UUID[]::new))
			.bind("attempts",
					settlements.stream().map((settled) -> settled.delivery().attempts()).toArray(Integer[]::new))
			.bind("states", settlements.stream().map((settled) -> settled.state().name()).toArray(String[]::new))
			.bind("reasons", settlements.stream().map(Settlement::reason).toArray(String[]::new))
			.bind("msgIds", settlements.stream().map(Settlement::msgId).toArray(String[]::new))
			.bind("delays",
					settlements.stream().map((settled) -> (int) settled.delay().toSeconds()).toArray(Integer[]::new))
			.bind("reached", settlements.stream().map(Settlement::mayHaveReached).toArray(Boolean[]::new))
			.bind("held", settlements.stream().map(Settlement::held).toArray(Boolean[]::new))
			.fetch()
			.rowsUpdated();
	}

	/** Joins these receipts with the deliveries that they settle. */
	Mono<Long> joinReceipts(String[] msgIds) {
		return this.database.sql(JOIN_RECEIPTS + "AND r.msg_id = ANY(:msgIds)")
			.bind("msgIds", msgIds)
			.fetch()
			.rowsUpdated();
	}

	/**
	 * Settles the oldest subscription message to this person of whose id WeChat said
	 * nothing.
	 * @param openid of the mini-program
	 * @param state DELIVERED or FAILED
	 */
	Mono<Long> settleUnnamed(String openid, DeliveryState state, @Nullable String reason) {
		DatabaseClient.GenericExecuteSpec update = this.database
			.sql("""
					UPDATE delivery SET state = :state, reason = :reason, updated_at = now()
					WHERE id = (
						SELECT id FROM delivery
						WHERE openid = :openid AND channel = 'SUBSCRIPTION_MESSAGE' AND state = 'ACCEPTED' AND msg_id IS NULL
						ORDER BY first_sent_at LIMIT 1 FOR UPDATE)
					""")
			.bind("state", state.name())
			.bind("openid", openid);
		return ((reason != null) ? update.bind("reason", reason) : update.bindNull("reason", String.class)).fetch()
			.rowsUpdated();
	}

	/**
	 * Joins receipts and deliveries that were committed at the same moment, where neither
	 * saw the other.
	 */
	Mono<Long> joinOvertakenReceipts() {
		return this.database.sql(JOIN_RECEIPTS + "AND d.updated_at > now() - :window * interval '1 minute'")
			.bind("window", 10)
			.fetch()
			.rowsUpdated();
	}

	/**
	 * What nobody can repeat safely any more is shown as doubtful; what WeChat never
	 * reported on within a day has no receipt.
	 */
	Mono<Long> giveUp() {
		return this.database.sql("""
				UPDATE delivery
				SET state = CASE state WHEN 'ACCEPTED' THEN 'NO_RECEIPT' ELSE 'DOUBTFUL' END,
					reason = coalesce(reason, CASE state WHEN 'ACCEPTED' THEN '微信未回执' ELSE '发送结果不明' END),
					lease_until = NULL, updated_at = now()
				WHERE id IN (
					SELECT id FROM delivery
					WHERE channel = 'TEMPLATE_MESSAGE' AND first_sent_at < now() - %s
						AND (state = 'PLANNED' OR state = 'SENDING' AND lease_until < now())
					UNION ALL
					SELECT id FROM delivery
					WHERE channel = 'SUBSCRIPTION_MESSAGE' AND state = 'SENDING' AND lease_until < now()
					UNION ALL
					SELECT id FROM delivery WHERE state = 'ACCEPTED' AND updated_at < now() - interval '24 hours'
					LIMIT :limit)
				""".formatted(SAFE_TO_REPEAT)).bind("limit", 1000).fetch().rowsUpdated();
	}

	/**
	 * What a cancelled campaign has not sent is skipped; a mass send that was tried may
	 * have gone out all the same.
	 */
	Mono<Long> skipCancelled() {
		return this.database.sql("""
				UPDATE delivery d
				SET state = CASE WHEN m.draft_media_id IS NULL THEN 'SKIPPED' ELSE 'DOUBTFUL' END, reason = '推送已取消',
					updated_at = now()
				FROM campaign c LEFT JOIN mass_send m ON m.campaign_id = c.id
				WHERE c.id = d.campaign_id AND c.state = 'CANCELLED' AND d.state = 'PLANNED'
					AND (m.lease_until IS NULL OR m.lease_until < now())
				""").fetch().rowsUpdated();
	}

	/** Closes campaigns whose last delivery has been handed over. */
	Mono<Long> completeCampaigns() {
		return this.database.sql("""
				UPDATE campaign c SET state = 'COMPLETED', version = version + 1
				WHERE c.id IN (
					SELECT y.id FROM campaign y
					WHERE y.state = 'SENDING' AND NOT EXISTS (
						SELECT 1 FROM delivery d
						WHERE d.campaign_id = y.id AND d.state IN ('PLANNED', 'SENDING'))
						AND NOT EXISTS (SELECT 1 FROM mass_send m WHERE m.campaign_id = y.id AND NOT m.finished)
					LIMIT :limit FOR UPDATE SKIP LOCKED)
				""").bind("limit", 100).fetch().rowsUpdated();
	}

	/** Settles what a mass send reached, as far as WeChat's counts tell. */
	Mono<Long> settleMass(UUID campaign, DeliveryState from, DeliveryState to, @Nullable String reason) {
		DatabaseClient.GenericExecuteSpec update = this.database.sql("""
				UPDATE delivery SET state = :to, reason = :reason, updated_at = now()
				WHERE campaign_id = :campaign AND channel = 'MASS_ARTICLE' AND state = :from
				""").bind("to", to.name()).bind("from", from.name()).bind("campaign", campaign);
		return ((reason != null) ? update.bind("reason", reason) : update.bindNull("reason", String.class)).fetch()
			.rowsUpdated();
	}

}
