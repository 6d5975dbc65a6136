package cn.qingfeng.wechat.portal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.wechat.WechatAccount;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * The callbacks that we took in, for a week: far longer than WeChat repeats them and than
 * a recorded one stays recent.
 */
@Repository
class Inbox {

	private static final int CLEANED_AT_ONCE = 5_000;

	private static final String INSERT = """
			INSERT INTO wechat_inbox (id, account, dedupe_key, kind)
			VALUES (:id, :account, :dedupeKey, :kind)
			ON CONFLICT ON CONSTRAINT wechat_inbox_once DO NOTHING
			""";

	private static final String QUARANTINE = """
			INSERT INTO wechat_inbox (id, account, dedupe_key, kind, quarantined)
			VALUES (:id, :account, :dedupeKey, 'quarantined', :text)
			ON CONFLICT ON CONSTRAINT wechat_inbox_once DO NOTHING
			""";

	private static final String CLEAN = """
			DELETE FROM wechat_inbox
			 WHERE id IN (SELECT id FROM wechat_inbox
			               WHERE received_at < now() - interval '7 days'
			               ORDER BY received_at
			               LIMIT :limit)
			""";

	private final DatabaseClient database;

	private final IdGenerator ids;

	Inbox(DatabaseClient database, IdGenerator ids) {
		this.database = database;
		this.ids = ids;
	}

	/** True when it was not there before. */
	Mono<Boolean> added(WechatAccount account, byte[] dedupeKey, String kind) {
		return this.database.sql(INSERT)
			.bind("id", this.ids.next())
			.bind("account", account.name())
			.bind("dedupeKey", dedupeKey)
			.bind("kind", kind)
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows > 0);
	}

	Mono<Void> quarantined(WechatAccount account, String text) {
		return this.database.sql(QUARANTINE)
			.bind("id", this.ids.next())
			.bind("account", account.name())
			.bind("dedupeKey", digest(text))
			.bind("text", text.replace("\0", ""))
			.then();
	}

	/** True when there may be more to clean. */
	Mono<Boolean> cleaned() {
		return this.database.sql(CLEAN)
			.bind("limit", CLEANED_AT_ONCE)
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows == CLEANED_AT_ONCE);
	}

	private static byte[] digest(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
