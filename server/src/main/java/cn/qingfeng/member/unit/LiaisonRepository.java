package cn.qingfeng.member.unit;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.member.unit.LiaisonKeeping.Draft;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

@Repository
class LiaisonRepository {

	private static final int MOST = 1_000;

	private final DatabaseClient database;

	LiaisonRepository(DatabaseClient database) {
		this.database = database;
	}

	Mono<List<LiaisonLeader>> list() {
		return this.database
			.sql("SELECT id, name, title, sort_order, version FROM liaison_leader ORDER BY sort_order, id LIMIT :most")
			.bind("most", MOST)
			.mapProperties(LiaisonLeader.class)
			.all()
			.collectList();
	}

	/** Keeps others from changing who looks after what, until the transaction ends. */
	Mono<LiaisonLeader> lock(UUID id) {
		return this.database.sql("SELECT pg_advisory_xact_lock(20261125, 9)")
			.then()
			.then(Mono.defer(() -> this.database
				.sql("SELECT id, name, title, sort_order, version FROM liaison_leader WHERE id = :id")
				.bind("id", id)
				.mapProperties(LiaisonLeader.class)
				.one()));
	}

	/** Makes or changes a leader; its key is its id: only seeds have words for keys. */
	Mono<Void> save(UUID id, Draft draft) {
		return this.database.sql("""
				INSERT INTO liaison_leader (id, key, name, title, sort_order)
				VALUES (:id, :id::text, :name, :title, :order)
				ON CONFLICT (id) DO UPDATE SET name = excluded.name, title = excluded.title,
					sort_order = excluded.sort_order, version = liaison_leader.version + 1
				""")
			.bind("id", id)
			.bind("name", draft.name())
			.bind("title", draft.title())
			.bind("order", draft.order())
			.then();
	}

	/**
	 * Gives a leader these units and no others of the scope; what another leader loses
	 * changes that one too.
	 */
	Mono<Void> assign(UUID id, Collection<UUID> units, Collection<UUID> scope) {
		return this.database.sql("""
				WITH losing AS (
					UPDATE liaison_leader SET version = version + 1
					WHERE id <> :id AND id IN (SELECT liaison_leader_id FROM unit WHERE id = ANY (:units))
				)
				UPDATE unit SET liaison_leader_id = CASE WHEN id = ANY (:units) THEN :id END
				WHERE id = ANY (:units) OR id = ANY (:scope) AND liaison_leader_id = :id
				""")
			.bind("id", id)
			.bind("units", units.toArray(UUID[]::new))
			.bind("scope", scope.toArray(UUID[]::new))
			.then();
	}

	Mono<Void> delete(UUID id) {
		return this.database.sql("UPDATE unit SET liaison_leader_id = NULL WHERE liaison_leader_id = :id")
			.bind("id", id)
			.then()
			.then(Mono
				.defer(() -> this.database.sql("DELETE FROM liaison_leader WHERE id = :id").bind("id", id).then()));
	}

}
