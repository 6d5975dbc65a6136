package cn.qingfeng.member.unit;

import cn.qingfeng.member.unit.UnitTree.Unit;
import cn.qingfeng.platform.reactor.SqlStates;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Reads the unit tree: one query, for there are some dozens of units.
 */
@Component
public class Units {

	private static final int MOST = 5_000;

	/** Of the trigger {@code member_unit_open}. */
	private static final String CLOSED = "QF001";

	private final DatabaseClient database;

	Units(DatabaseClient database) {
		this.database = database;
	}

	/** With the closed ones: those who have gone are still theirs. */
	public Mono<UnitTree> tree() {
		return this.database.sql("""
				SELECT u.id, u.key, u.name, u.kind, u.parent_id, u.sort_order, coalesce(m.members, 0)::int AS members,
					u.closed_at IS NOT NULL AS closed, u.version, l.id AS leader_id, l.name AS leader_name
				FROM unit u LEFT JOIN liaison_leader l ON l.id = u.liaison_leader_id LEFT JOIN (
					SELECT unit_id, count(*) AS members FROM member WHERE status = 'ACTIVE' GROUP BY unit_id
				) m ON m.unit_id = u.id
				ORDER BY u.sort_order, u.id LIMIT :most
				""").bind("most", MOST).mapProperties(Unit.class).all().collectList().map(UnitTree::new);
	}

	/**
	 * Tells what the database says when an active member would come into a closed unit.
	 */
	public static Throwable told(Throwable error) {
		return SqlStates.of(error).filter(CLOSED::equals).isPresent() ? new UnitClosedProblem() : error;
	}

}
