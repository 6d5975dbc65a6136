package cn.qingfeng.staff.audit;

import java.time.Instant;
import java.util.Optional;

import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * What staff did, newest first, and whether anybody tampered with it.
 */
@Repository
class AuditReadModel {

	private final DatabaseClient database;

	AuditReadModel(DatabaseClient database) {
		this.database = database;
	}

	Mono<Page<Entry>> list(int limit, Optional<Cursor> cursor) {
		return this.database.sql("""
				SELECT id, at, actor, action, subject, result, origin FROM audit_entry
				WHERE id < :before ORDER BY id DESC LIMIT :limit
				""")
			.bind("before", cursor.map((last) -> last.get(0, Long.class)).orElse(Long.MAX_VALUE))
			.bind("limit", limit + 1)
			.mapProperties(Entry.class)
			.all()
			.collectList()
			.map((rows) -> Page.of(rows, limit, (row) -> Cursor.encode(row.id())));
	}

	/**
	 * Looks for the first entry that is not what was written, or before which one is
	 * missing.
	 * @return its id, empty when the chain is whole
	 */
	Mono<Long> firstBroken() {
		return this.database.sql("""
				SELECT id FROM (
					SELECT e.id, e.hash, lag(e.hash, 1, '\\x'::bytea) OVER w AS previous,
						lag(e.id, 1, 0::bigint) OVER w AS previous_id, e
					FROM audit_entry e WINDOW w AS (ORDER BY e.id)) chained
				WHERE hash <> audit_hash(previous, e) OR id <> previous_id + 1
				ORDER BY id LIMIT :one
				""").bind("one", 1).mapValue(Long.class).one();
	}

	/**
	 * A row of the audit.
	 *
	 * @param id counts without gaps
	 * @param at when
	 * @param actor who
	 * @param action what
	 * @param subject to which thing
	 * @param result SUCCESS or REFUSED
	 * @param origin from which address
	 */
	record Entry(long id, Instant at, String actor, String action, @Nullable String subject, String result,
			@Nullable String origin) {

	}

}
