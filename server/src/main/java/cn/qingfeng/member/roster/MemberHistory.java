package cn.qingfeng.member.roster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.member.unit.Units;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.staff.StaffAccounts;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * What became of a member: transfers, leaving, coming back.
 */
@Component
class MemberHistory {

	private static final int MOST = 200;

	private final DatabaseClient database;

	private final RosterReadModel roster;

	private final Units units;

	private final StaffAccounts staff;

	MemberHistory(DatabaseClient database, RosterReadModel roster, Units units, StaffAccounts staff) {
		this.database = database;
		this.roster = roster;
		this.units = units;
		this.staff = staff;
	}

	/** Newest first; 404 when the member is not of a unit of the caller's. */
	Mono<List<Told>> of(UUID memberId) {
		return CurrentStaff.mono()
			.flatMap((current) -> this.roster.find(memberId)
				.filterWhen((entry) -> this.units.tree()
					.map((tree) -> tree.scope(current.units()).contains(entry.unitId()))))
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.flatMap((entry) -> steps(memberId))
			.flatMap((steps) -> this.staff.displayNames(steps.stream().map(Step::staffId).distinct().toList())
				.map((names) -> steps.stream().map((step) -> Told.of(step, names)).toList()));
	}

	private Mono<List<Step>> steps(UUID memberId) {
		return this.database
			.sql("""
					SELECT 'UNIT' AS kind, f.name AS from_value, t.name AS to_value, c.staff_id, c.changed_at
					FROM member_unit_change c JOIN unit f ON f.id = c.from_unit_id JOIN unit t ON t.id = c.to_unit_id
					WHERE c.member_id = :id
					UNION ALL
					SELECT 'STATUS', from_status, to_status, staff_id, changed_at FROM member_status_change WHERE member_id = :id
					ORDER BY changed_at DESC LIMIT :most
					""")
			.bind("id", memberId)
			.bind("most", MOST)
			.mapProperties(Step.class)
			.all()
			.collectList();
	}

	/**
	 * A step.
	 *
	 * @param kind UNIT or STATUS
	 * @param fromValue name of the unit, or status
	 * @param toValue name of the unit, or status
	 * @param staffId who took it
	 * @param changedAt when
	 */
	record Step(String kind, String fromValue, String toValue, UUID staffId, Instant changedAt) {

	}

	/**
	 * A step with the name of who took it.
	 *
	 * @param step what happened
	 * @param by name of the member of staff
	 */
	record Told(Step step, String by) {

		static Told of(Step step, Map<UUID, String> names) {
			return new Told(step, names.getOrDefault(step.staffId(), "工作人员"));
		}

	}

}
