package cn.qingfeng.member.unit;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

@Repository
class UnitRepository {

	private static final int MOST_KINDS = 1_000;

	private final DatabaseClient database;

	UnitRepository(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Keeps others from changing the tree, and members from coming into this unit, until
	 * the transaction ends.
	 */
	Mono<Void> lock(UUID id) {
		return this.database.sql("SELECT pg_advisory_xact_lock(20261125, 9)")
			.then()
			.then(Mono
				.defer(() -> this.database.sql("SELECT id FROM unit WHERE id = :id FOR UPDATE").bind("id", id).then()));
	}

	Mono<List<Kind>> kinds() {
		return this.database.sql("SELECT key, name FROM unit_kind ORDER BY sort_order, key LIMIT :most")
			.bind("most", MOST_KINDS)
			.mapProperties(Kind.class)
			.all()
			.collectList();
	}

	Mono<Set<String>> kindKeys() {
		return kinds().map((kinds) -> kinds.stream().map(Kind::key).collect(Collectors.toSet()));
	}

	/** Its key is its id: only seeds have words for keys. */
	Mono<Void> insert(UUID id, UnitDraft draft) {
		return this.database.sql("""
				INSERT INTO unit (id, key, name, kind, parent_id, sort_order)
				VALUES (:id, :id::text, :name, :kind, :parentId, :order)
				""")
			.bind("id", id)
			.bind("name", draft.name())
			.bind("kind", draft.kind())
			.bind("parentId", optional(draft.parentId()))
			.bind("order", draft.order())
			.then();
	}

	Mono<Void> update(UUID id, UnitDraft draft) {
		return this.database.sql("""
				UPDATE unit SET name = :name, kind = :kind, parent_id = :parentId, sort_order = :order,
					version = version + 1
				WHERE id = :id
				""")
			.bind("id", id)
			.bind("name", draft.name())
			.bind("kind", draft.kind())
			.bind("parentId", optional(draft.parentId()))
			.bind("order", draft.order())
			.then();
	}

	Mono<Void> close(UUID id, Instant now) {
		return this.database.sql("UPDATE unit SET closed_at = :now, version = version + 1 WHERE id = :id")
			.bind("id", id)
			.bind("now", now)
			.then();
	}

	Mono<Void> reopen(UUID id) {
		return this.database.sql("UPDATE unit SET closed_at = NULL, version = version + 1 WHERE id = :id")
			.bind("id", id)
			.then();
	}

	private static Parameter optional(@Nullable UUID id) {
		return (id != null) ? Parameters.in(id) : Parameters.in(UUID.class);
	}

	/**
	 * A kind of units.
	 *
	 * @param key its natural key
	 * @param name in Chinese
	 */
	record Kind(String key, String name) {

	}

}
