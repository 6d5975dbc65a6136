package cn.qingfeng.push.inbox;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.page.Cursor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * The members' in-app inboxes. A message is a pointer to its campaign, so 4,000 members
 * share one text; a notice to one member has a text of its own.
 */
@Component
public class Inbox {

	private static final String MESSAGES = """
			SELECT i.id, coalesce(i.title, c.title) AS title, coalesce(i.body, c.summary) AS body,
				coalesce(i.link, c.link) AS link, i.sent_at, i.read_at IS NOT NULL AS read
			FROM inbox_message i LEFT JOIN campaign c ON c.id = i.campaign_id
			WHERE i.member_id = :member
			""";

	private final DatabaseClient database;

	private final IdGenerator ids;

	Inbox(DatabaseClient database, IdGenerator ids) {
		this.database = database;
		this.ids = ids;
	}

	/** Puts the campaign into these inboxes, once. */
	public Mono<Long> put(UUID campaign, List<UUID> members, Instant sentAt) {
		return this.database.sql("""
				INSERT INTO inbox_message (id, member_id, campaign_id, sent_at)
				SELECT u.id, u.member, :campaign, :sentAt FROM unnest(:ids::uuid[], :members::uuid[]) AS u (id, member)
				ON CONFLICT ON CONSTRAINT inbox_message_once DO NOTHING
				""")
			.bind("campaign", campaign)
			.bind("sentAt", sentAt)
			.bind("ids", members.stream().map((member) -> this.ids.next()).toArray(UUID[]::new))
			.bind("members", members.toArray(UUID[]::new))
			.fetch()
			.rowsUpdated();
	}

	/** Puts a notice of its own into one inbox. */
	public Mono<Void> put(UUID member, String title, String body, String link, Instant sentAt) {
		return this.database.sql("""
				INSERT INTO inbox_message (id, member_id, title, body, link, sent_at)
				VALUES (:id, :member, :title, :body, :link, :sentAt)
				""")
			.bind("id", this.ids.next())
			.bind("member", member)
			.bind("title", title)
			.bind("body", body)
			.bind("link", link)
			.bind("sentAt", sentAt)
			.then();
	}

	/** Messages, newest first, one more than the limit when there are more. */
	Mono<List<InboxMessage>> newest(UUID member, @Nullable Cursor after, int limit) {
		String where = (after != null) ? "AND (i.sent_at, i.id) < (:sentAt, :id) " : "";
		DatabaseClient.GenericExecuteSpec select = this.database
			.sql(MESSAGES + where + "ORDER BY i.sent_at DESC, i.id DESC LIMIT :limit");
		if (after != null) {
			select = select.bind("sentAt", after.get(0, Instant.class)).bind("id", after.get(1, UUID.class));
		}
		return select.bind("member", member).bind("limit", limit).mapProperties(InboxMessage.class).all().collectList();
	}

	Mono<Integer> unread(UUID member) {
		return this.database
			.sql("SELECT count(*)::int AS unread FROM inbox_message WHERE member_id = :member AND read_at IS NULL")
			.bind("member", member)
			.mapValue(Integer.class)
			.one();
	}

	/** Marks a message of this member as read; false when there is none. */
	Mono<Boolean> markRead(UUID id, UUID member, Instant now) {
		return this.database.sql("""
				UPDATE inbox_message SET read_at = coalesce(read_at, :now) WHERE id = :id AND member_id = :member
				""")
			.bind("now", now)
			.bind("id", id)
			.bind("member", member)
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows == 1);
	}

}
