package cn.qingfeng.push;

import java.time.Clock;
import java.util.Collection;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.push.CampaignMessage.Notice;
import cn.qingfeng.push.inbox.Inbox;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;

/**
 * Tells members in the app alone. A notice stands among the campaigns as one that is
 * completed, with a delivery for each member it reached.
 */
@Service
public class InboxNotices {

	private final DatabaseClient database;

	private final Inbox inbox;

	private final IdGenerator ids;

	private final JsonMapper json;

	private final Clock clock;

	InboxNotices(DatabaseClient database, Inbox inbox, IdGenerator ids, JsonMapper json, Clock clock) {
		this.database = database;
		this.inbox = inbox;
		this.ids = ids;
		this.json = json;
		this.clock = clock;
	}

	/**
	 * Puts the notice into these inboxes, inside the caller's transaction; more members
	 * may follow under the same id.
	 * @param notice what to say
	 * @param members to whom
	 * @return completes when stored
	 */
	public Mono<Void> tell(InboxNotice notice, Collection<UUID> members) {
		if (members.isEmpty()) {
			return Mono.empty();
		}
		return this.database.sql("""
				WITH told AS (
				  SELECT * FROM unnest(:messages, :deliveries, :members) AS t (message_id, delivery_id, member_id)
				), campaign_row AS (
				  INSERT INTO campaign (id, kind, title, summary, link, message, state, started, send_at, author_id,
				                        approver_id, created_at, version)
				  VALUES (:id, 'NOTICE', :title, :summary, :link, :message::jsonb, 'COMPLETED', true, :now, :author,
				          :approver, :now, 0)
				  ON CONFLICT (id) DO NOTHING
				), delivered AS (
				  INSERT INTO delivery (id, campaign_id, member_id, channel, state, first_sent_at, updated_at)
				  SELECT delivery_id, :id, member_id, 'INBOX', 'DELIVERED', :now, :now FROM told
				  ON CONFLICT (campaign_id, member_id) DO NOTHING
				)
				INSERT INTO inbox_message (id, member_id, campaign_id, sent_at)
				SELECT message_id, member_id, :id, :now FROM told
				ON CONFLICT ON CONSTRAINT inbox_message_once DO NOTHING
				""")
			.bind("id", notice.id())
			.bind("title", notice.title())
			.bind("summary", notice.summary())
			.bind("link", notice.link())
			.bind("message", this.json.writeValueAsString(new Notice(notice.topic())))
			.bind("author", notice.author())
			.bind("approver", notice.approver())
			.bind("now", this.clock.instant())
			.bind("messages", fresh(members.size()))
			.bind("deliveries", fresh(members.size()))
			.bind("members", members.toArray(UUID[]::new))
			.then();
	}

	/**
	 * Puts a word of its own into one inbox, inside the caller's transaction.
	 * @param member to whom
	 * @param title what the inbox shows
	 * @param body one or two sentences
	 * @param link path of our own H5 page
	 * @return completes when stored
	 */
	public Mono<Void> tell(UUID member, String title, String body, String link) {
		return this.inbox.put(member, title, body, link, this.clock.instant());
	}

	private UUID[] fresh(int count) {
		UUID[] fresh = new UUID[count];
		for (int i = 0; i < count; i++) {
			fresh[i] = this.ids.next();
		}
		return fresh;
	}

}
