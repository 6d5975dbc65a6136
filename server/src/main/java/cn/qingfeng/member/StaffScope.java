package cn.qingfeng.member;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.member.unit.Units;
import cn.qingfeng.platform.security.CurrentStaff;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;

/**
 * Which units the current staff may see, for features that show members.
 */
@Service
public class StaffScope {

	private final Units units;

	private final DatabaseClient database;

	StaffScope(Units units, DatabaseClient database) {
		this.units = units;
		this.database = database;
	}

	/** Their units and all below them; every unit when they are not limited. */
	public Mono<Set<UUID>> units() {
		return CurrentStaff.mono().flatMap((staff) -> this.units.tree().map((tree) -> tree.scope(staff.units())));
	}

	/** The active members of these units, in the order of the units. */
	public Mono<Map<UnitName, Long>> sizes(Set<UUID> units) {
		return this.database.sql("""
				SELECT u.id, u.name, count(m.id) AS members
				FROM unit u
				LEFT JOIN member m ON m.unit_id = u.id AND m.status = 'ACTIVE'
				WHERE u.id = ANY(:units)
				GROUP BY u.id
				ORDER BY u.sort_order, u.id
				""")
			.bind("units", units.toArray(UUID[]::new))
			.mapProperties(Size.class)
			.all()
			.collect(LinkedHashMap::new,
					(sizes, size) -> sizes.put(new UnitName(new UnitId(size.id()), size.name()), size.members()));
	}

	private record Size(UUID id, String name, long members) {

	}

}
