package cn.qingfeng.member.unit;

import cn.qingfeng.member.unit.UnitTree.Unit;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Reads the unit tree: one query, for there are some dozens of units.
 */
@Component
public class Units {

	private static final int MOST = 5_000;

	private final DatabaseClient database;

	Units(DatabaseClient database) {
		this.database = database;
	}

	public Mono<UnitTree> tree() {
		return this.database.sql("""
				SELECT u.id, u.key, u.name, u.kind, u.parent_id, coalesce(m.members, 0)::int AS members
				FROM unit u LEFT JOIN (
					SELECT unit_id, count(*) AS members FROM member WHERE status = 'ACTIVE' GROUP BY unit_id
				) m ON m.unit_id = u.id
				ORDER BY u.sort_order, u.id LIMIT :most
				""").bind("most", MOST).mapProperties(Unit.class).all().collectList().map(UnitTree::new);
	}

}
