package cn.qingfeng.push.delivery;

import java.time.Duration;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * The progress of mass sends in the database.
 */
@Component
class MassSendStore {

	/** Uploads may take long; a dead node's work is taken over after this. */
	private static final int LEASE_SECONDS = 90;

	private final DatabaseClient database;

	MassSendStore(DatabaseClient database) {
		this.database = database;
	}

	Mono<MassSending> lease() {
		return this.database.sql("""
				WITH due AS MATERIALIZED (
					SELECT m.campaign_id FROM mass_send m JOIN campaign c ON c.id = m.campaign_id
					WHERE c.state = 'SENDING' AND NOT m.finished AND m.due_at <= now()
						AND (m.lease_until IS NULL OR m.lease_until < now())
					ORDER BY m.due_at LIMIT 1 FOR UPDATE OF m SKIP LOCKED)
				UPDATE mass_send m
				SET attempts = m.attempts + 1, lease_until = now() + :lease * interval '1 second'
				FROM due WHERE m.campaign_id = due.campaign_id
				RETURNING m.campaign_id, m.cover_media_id, m.draft_media_id, m.msg_id, m.attempts
				""").bind("lease", LEASE_SECONDS).mapProperties(MassSending.class).one();
	}

	/** Remembers a step; empty when the lease has passed to another node. */
	Mono<MassSending> remember(MassSending progress) {
		DatabaseClient.GenericExecuteSpec update = this.database.sql("""
				UPDATE mass_send SET cover_media_id = :cover, draft_media_id = :draft, msg_id = :msgId
				WHERE campaign_id = :id AND attempts = :attempts AND NOT finished
				""").bind("id", progress.campaignId()).bind("attempts", progress.attempts());
		update = bindText(update, "cover", progress.coverMediaId());
		update = bindText(update, "draft", progress.draftMediaId());
		return bindText(update, "msgId", progress.msgId()).fetch()
			.rowsUpdated()
			.filter((rows) -> rows == 1)
			.map((rows) -> progress);
	}

	Mono<Void> finish(UUID campaign) {
		return this.database.sql("UPDATE mass_send SET finished = true, lease_until = NULL WHERE campaign_id = :id")
			.bind("id", campaign)
			.then();
	}

	Mono<Void> retryAfter(MassSending progress, Duration delay) {
		return this.database.sql("""
				UPDATE mass_send SET lease_until = NULL, due_at = now() + :delay * interval '1 second'
				WHERE campaign_id = :id AND attempts = :attempts
				""")
			.bind("delay", (int) delay.toSeconds())
			.bind("id", progress.campaignId())
			.bind("attempts", progress.attempts())
			.then();
	}

	Mono<UUID> campaignOf(String msgId) {
		return this.database.sql("SELECT campaign_id FROM mass_send WHERE msg_id = :msgId")
			.bind("msgId", msgId)
			.mapValue(UUID.class)
			.one();
	}

	private static DatabaseClient.GenericExecuteSpec bindText(DatabaseClient.GenericExecuteSpec statement, String name,
			@Nullable String value) {
		return (value != null) ? statement.bind(name, value) : statement.bindNull(name, String.class);
	}

}
