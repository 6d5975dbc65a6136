package cn.qingfeng.push.campaign;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.push.CampaignMessage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * The campaigns in the database.
 */
@Component
public class CampaignStore {

	private static final String COLUMNS = """
			SELECT id, kind, title, summary, link, message::text AS message, state, state_reason, started, send_at,
				author_id, approver_id, created_at, version
			FROM campaign
			""";

	private final DatabaseClient database;

	private final JsonMapper json;

	CampaignStore(DatabaseClient database, JsonMapper json) {
		this.database = database;
		this.json = json;
	}

	public Mono<Campaign> insert(Campaign campaign) {
		DatabaseClient.GenericExecuteSpec insert = this.database.sql("""
				INSERT INTO campaign (id, kind, title, summary, link, message, state, send_at, author_id, approver_id,
					created_at, version)
				VALUES (:id, :kind, :title, :summary, :link, :message::jsonb, :state, :sendAt, :author, :approver,
					:createdAt, 0)
				""")
			.bind("id", campaign.id())
			.bind("kind", campaign.kind().name())
			.bind("title", campaign.title())
			.bind("summary", campaign.summary())
			.bind("link", campaign.link())
			.bind("message", this.json.writeValueAsString(campaign.message()))
			.bind("state", campaign.state().name())
			.bind("sendAt", campaign.sendAt())
			.bind("author", campaign.author())
			.bind("createdAt", campaign.createdAt());
		return bindNullable(insert, "approver", campaign.approver(), UUID.class).fetch()
			.rowsUpdated()
			.thenReturn(campaign);
	}

	/** The campaign, empty when there is none. */
	public Mono<Campaign> find(UUID id) {
		return this.database.sql(COLUMNS + "WHERE id = :id")
			.bind("id", id)
			.mapProperties(CampaignRow.class)
			.one()
			.map(this::toCampaign);
	}

	/** Campaigns, newest first, one more than the limit when there are more. */
	Mono<List<Campaign>> newest(@Nullable Cursor after, int limit) {
		String where = (after != null) ? "WHERE (created_at, id) < (:createdAt, :id) " : "";
		DatabaseClient.GenericExecuteSpec select = this.database
			.sql(COLUMNS + where + "ORDER BY created_at DESC, id DESC LIMIT :limit");
		if (after != null) {
			select = select.bind("createdAt", after.get(0, Instant.class)).bind("id", after.get(1, UUID.class));
		}
		return select.bind("limit", limit).mapProperties(CampaignRow.class).all().map(this::toCampaign).collectList();
	}

	/**
	 * Locks one released campaign whose hour has come, for the transaction that starts
	 * it; others are locked by other nodes.
	 * @param now the hour
	 * @param quiet whether notices have to wait
	 */
	public Mono<Campaign> lockDue(Instant now, boolean quiet) {
		return this.database.sql(COLUMNS + """
				WHERE state = 'APPROVED' AND send_at <= :now AND NOT (:quiet AND kind = 'NOTICE')
				ORDER BY send_at LIMIT 1 FOR UPDATE SKIP LOCKED
				""").bind("now", now).bind("quiet", quiet).mapProperties(CampaignRow.class).one().map(this::toCampaign);
	}

	/**
	 * Stores a guarded change.
	 * @param campaign with the version that it was made from
	 * @return the stored campaign; an {@link OptimisticLockingFailureException} when
	 * somebody else changed it meanwhile
	 */
	Mono<Campaign> update(Campaign campaign) {
		DatabaseClient.GenericExecuteSpec update = this.database.sql("""
				UPDATE campaign
				SET state = :state, state_reason = :reason, send_at = :sendAt, approver_id = :approver,
					version = version + 1
				WHERE id = :id AND version = :version
				""")
			.bind("state", campaign.state().name())
			.bind("sendAt", campaign.sendAt())
			.bind("id", campaign.id())
			.bind("version", campaign.version());
		update = bindNullable(update, "reason", campaign.stateReason(), String.class);
		return bindNullable(update, "approver", campaign.approver(), UUID.class).fetch()
			.rowsUpdated()
			.filter((rows) -> rows == 1)
			.switchIfEmpty(Mono.error(() -> new OptimisticLockingFailureException("campaign " + campaign.id())))
			.then(find(campaign.id()));
	}

	/**
	 * What the workers do to a campaign: a change that holds only from the expected
	 * state, so that a person's pause or cancellation always wins.
	 * @return whether the campaign was in that state
	 */
	public Mono<Boolean> move(UUID id, CampaignState from, CampaignState to, @Nullable String reason) {
		DatabaseClient.GenericExecuteSpec update = this.database.sql("""
				UPDATE campaign
				SET state = :to, state_reason = :reason, started = started OR :to = 'SENDING',
					version = version + 1
				WHERE id = :id AND state = :from
				""").bind("to", to.name()).bind("from", from.name()).bind("id", id);
		return bindNullable(update, "reason", reason, String.class).fetch().rowsUpdated().map((rows) -> rows == 1);
	}

	private static <T> DatabaseClient.GenericExecuteSpec bindNullable(DatabaseClient.GenericExecuteSpec statement,
			String name, @Nullable T value, Class<T> type) {
		return (value != null) ? statement.bind(name, value) : statement.bindNull(name, type);
	}

	private Campaign toCampaign(CampaignRow row) {
		CampaignMessage message = this.json.readValue(row.message(), row.kind().messageType());
		return new Campaign(row.id(), row.title(), row.summary(), row.link(), message, row.state(), row.stateReason(),
				row.started(), row.sendAt(), row.authorId(), row.approverId(), row.createdAt(), row.version());
	}

	record CampaignRow(UUID id, CampaignKind kind, String title, String summary, String link, String message,
			CampaignState state, @Nullable String stateReason, boolean started, Instant sendAt, UUID authorId,
			@Nullable UUID approverId, Instant createdAt, long version) {

	}

}
