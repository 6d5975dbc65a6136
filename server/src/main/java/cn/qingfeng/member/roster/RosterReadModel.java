package cn.qingfeng.member.roster;

import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * The roster as staff see it: phones masked.
 */
@Repository
class RosterReadModel {

	private static final UUID BEFORE_ALL = new UUID(0, 0);

	private final DatabaseClient database;

	RosterReadModel(DatabaseClient database) {
		this.database = database;
	}

	Mono<Page<Entry>> list(Collection<UUID> units, @Nullable String partOfName, int limit, Optional<Cursor> cursor) {
		return this.database.sql("""
				SELECT m.id, m.number, m.name, m.phone_masked, m.status, u.id AS unit_id, u.name AS unit_name,
					u.sort_order AS unit_order,
					EXISTS (SELECT 1 FROM wechat_account a WHERE a.member_id = m.id) AS bound
				FROM member m JOIN unit u ON u.id = m.unit_id
				WHERE m.unit_id = ANY (:units) AND m.name LIKE :pattern
					AND (u.sort_order, m.name, m.id) > (:unitOrder, :name, :id)
				ORDER BY u.sort_order, m.name, m.id LIMIT :limit
				""")
			.bind("units", units.toArray(UUID[]::new))
			.bind("pattern", pattern(partOfName))
			.bind("unitOrder", cursor.map((last) -> last.get(0, Integer.class)).orElse(Integer.MIN_VALUE))
			.bind("name", cursor.map((last) -> last.get(1, String.class)).orElse(""))
			.bind("id", cursor.map((last) -> last.get(2, UUID.class)).orElse(BEFORE_ALL))
			.bind("limit", limit + 1)
			.mapProperties(Entry.class)
			.all()
			.collectList()
			.map((rows) -> Page.of(rows, limit, Entry::cursor));
	}

	/** One line, also of somebody who has gone. */
	Mono<Entry> find(UUID memberId) {
		return this.database.sql("""
				SELECT m.id, m.number, m.name, m.phone_masked, m.status, u.id AS unit_id, u.name AS unit_name,
					u.sort_order AS unit_order,
					EXISTS (SELECT 1 FROM wechat_account a WHERE a.member_id = m.id) AS bound
				FROM member m JOIN unit u ON u.id = m.unit_id
				WHERE m.id = :id
				""").bind("id", memberId).mapProperties(Entry.class).one();
	}

	/** The unit of an active member. */
	Mono<UUID> findUnit(UUID memberId) {
		return this.database.sql("SELECT unit_id FROM member WHERE id = :id AND status = 'ACTIVE'")
			.bind("id", memberId)
			.mapValue(UUID.class)
			.one();
	}

	private static String pattern(@Nullable String partOfName) {
		if (partOfName == null) {
			return "%";
		}
		String literal = PersonName.of(partOfName).value().replaceAll("([\\\\%_])", "\\\\$1");
		return "%" + literal + "%";
	}

	/**
	 * A line of the roster.
	 *
	 * @param id of the member
	 * @param number of the roster
	 * @param name of the person
	 * @param phoneMasked all but the middle
	 * @param status ACTIVE, TRANSFERRED, RETIRED or LEFT
	 * @param unitId of the unit
	 * @param unitName of the unit
	 * @param unitOrder place of the unit
	 * @param bound whether a WeChat account is joined
	 */
	record Entry(UUID id, String number, String name, String phoneMasked, String status, UUID unitId, String unitName,
			int unitOrder, boolean bound) {

		String cursor() {
			return Cursor.encode(this.unitOrder, this.name, this.id);
		}

	}

}
