package cn.qingfeng.platform.idempotency;

import java.time.Duration;

import cn.qingfeng.platform.reactor.BackgroundLoops;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** The table of keys. */
@Component
class IdempotencyKeys {

	private static final int CLEAN_UP_BATCH = 1_000;

	private final DatabaseClient database;

	IdempotencyKeys(DatabaseClient database, BackgroundLoops loops) {
		this.database = database;
		loops.start("idempotency-clean-up", Duration.ofMinutes(10), this::cleanUp);
	}

	/** True for the first; a second at the same time waits here until the first ends. */
	Mono<Boolean> claim(KeyClaim claim) {
		return this.database.sql("""
				INSERT INTO idempotency_key (caller, key, request_digest) VALUES (:caller, :key, :digest)
				ON CONFLICT DO NOTHING
				""")
			.bind("caller", claim.caller())
			.bind("key", claim.key())
			.bind("digest", claim.requestDigest())
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows == 1);
	}

	Mono<Void> keep(KeyClaim claim, StoredAnswer answer) {
		return this.database.sql("""
				UPDATE idempotency_key SET status = :status, location = :location, etag = :etag, body = :body
				WHERE caller = :caller AND key = :key
				""")
			.bind("status", Parameters.in(R2dbcType.INTEGER, answer.status()))
			.bind("location", Parameters.in(R2dbcType.VARCHAR, answer.location()))
			.bind("etag", Parameters.in(R2dbcType.VARCHAR, answer.etag()))
			.bind("body", Parameters.in(R2dbcType.VARCHAR, answer.body()))
			.bind("caller", claim.caller())
			.bind("key", claim.key())
			.then();
	}

	/** Gives a key back whose work failed. */
	Mono<Void> release(KeyClaim claim) {
		return this.database.sql("DELETE FROM idempotency_key WHERE caller = :caller AND key = :key AND status IS NULL")
			.bind("caller", claim.caller())
			.bind("key", claim.key())
			.then();
	}

	Mono<StoredAnswer> find(KeyClaim claim) {
		return this.database.sql("""
				SELECT request_digest, status, location, etag, body FROM idempotency_key
				WHERE caller = :caller AND key = :key
				""").bind("caller", claim.caller()).bind("key", claim.key()).mapProperties(StoredAnswer.class).one();
	}

	/** True when there may be more. */
	Mono<Boolean> cleanUp() {
		return this.database.sql("""
				DELETE FROM idempotency_key WHERE (caller, key) IN (
					SELECT caller, key FROM idempotency_key
					WHERE created_at < now() - interval '24 hours' LIMIT :batch)
				""").bind("batch", CLEAN_UP_BATCH).fetch().rowsUpdated().map((rows) -> rows == CLEAN_UP_BATCH);
	}

}
