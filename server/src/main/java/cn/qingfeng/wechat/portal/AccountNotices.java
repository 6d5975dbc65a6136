package cn.qingfeng.wechat.portal;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.outbox.OutboxHandler;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.wechat.WechatEvent.AccountNotice;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Keeps what WeChat tells about the accounts themselves, for administrators to see.
 */
@Component
class AccountNotices implements OutboxHandler<AccountNotice> {

	private static final Logger log = LoggerFactory.getLogger(AccountNotices.class);

	private static final String INSERT = """
			INSERT INTO wechat_alarm (id, account, kind, grave, detail, happened_at)
			VALUES (:id, :account, :kind, :grave, :detail, :at)
			""";

	private static final String FIRST = """
			SELECT id, account, kind, grave, detail, happened_at, noted_at
			  FROM wechat_alarm
			 ORDER BY noted_at DESC, id DESC
			 LIMIT :limit
			""";

	private static final String NEXT = """
			SELECT id, account, kind, grave, detail, happened_at, noted_at
			  FROM wechat_alarm
			 WHERE (noted_at, id) < (:notedAt, :id)
			 ORDER BY noted_at DESC, id DESC
			 LIMIT :limit
			""";

	private final DatabaseClient database;

	private final IdGenerator ids;

	AccountNotices(DatabaseClient database, IdGenerator ids) {
		this.database = database;
		this.ids = ids;
	}

	@Override
	public Class<AccountNotice> type() {
		return AccountNotice.class;
	}

	@Override
	public String name() {
		return "wechat.account-notices";
	}

	@Override
	public Mono<Void> handle(AccountNotice notice) {
		return this.database.sql(INSERT)
			.bind("id", this.ids.next())
			.bind("account", notice.account().name())
			.bind("kind", notice.kind())
			.bind("grave", notice.grave())
			.bind("detail", notice.detail())
			.bind("at", notice.at())
			.then()
			.doOnSuccess((stored) -> logged(notice));
	}

	/** Newest first. */
	Mono<Page<Alarm>> list(int limit, @Nullable String cursor) {
		return Cursor.decode(cursor, Instant.class, UUID.class)
			.map((after) -> this.database.sql(NEXT)
				.bind("notedAt", after.get(0, Instant.class))
				.bind("id", after.get(1, UUID.class)))
			.orElseGet(() -> this.database.sql(FIRST))
			.bind("limit", limit + 1)
			.mapProperties(Alarm.class)
			.all()
			.collectList()
			.map((rows) -> page(rows, limit));
	}

	private static Page<Alarm> page(List<Alarm> rows, int limit) {
		return Page.of(rows, limit, (alarm) -> Cursor.encode(alarm.notedAt(), alarm.id()));
	}

	private static void logged(AccountNotice notice) {
		if (notice.grave()) {
			log.warn("WeChat account {} needs its administrators: {}", notice.account(), notice.kind());
		}
		else {
			log.info("WeChat tells about account {}: {}", notice.account(), notice.kind());
		}
	}

	/**
	 * What WeChat told.
	 *
	 * @param notedAt when we wrote it down, by the clock of the database
	 */
	record Alarm(UUID id, String account, String kind, boolean grave, String detail, Instant happenedAt,
			Instant notedAt) {

	}

}
