package cn.qingfeng.volunteer.record;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Who was registered, came and went, in the database.
 */
@Component
class AttendanceStore {

	/** More events than a person can attend. */
	private static final int MOST_SERVICES = 2000;

	private static final String ATTENDANCE = """
			SELECT coalesce(r.member_id, a.member_id) AS member_id, coalesce(r.state, 'NONE') AS registration,
				a.checked_in_at, a.checked_out_at, coalesce(a.corrected, false) AS corrected, e.starts_at, e.ends_at
			FROM (SELECT * FROM registration WHERE event_id = :event) r
				FULL JOIN (SELECT * FROM attendance WHERE event_id = :event) a ON a.member_id = r.member_id
				CROSS JOIN (SELECT starts_at, ends_at FROM event WHERE id = :event) e
			""";

	private final DatabaseClient database;

	private final IdGenerator ids;

	AttendanceStore(DatabaseClient database, IdGenerator ids) {
		this.database = database;
		this.ids = ids;
	}

	/** All that is recorded of a member. */
	Mono<List<Service>> services(UUID member) {
		return this.database.sql("""
				SELECT a.event_id, e.title, e.starts_at, e.ends_at, a.checked_in_at, a.checked_out_at
				FROM attendance a JOIN event e ON e.id = a.event_id
				WHERE a.member_id = :member ORDER BY a.checked_in_at DESC LIMIT :limit
				""")
			.bind("member", member)
			.bind("limit", MOST_SERVICES)
			.mapProperties(Service.class)
			.all()
			.collectList();
	}

	/**
	 * Attendance of an event in the order of member ids, one more than the limit when
	 * there are more.
	 * @param after the last member of the page before, null for the first
	 */
	Mono<List<Attendance>> list(UUID event, @Nullable UUID after, int limit) {
		return this.database.sql(ATTENDANCE + """
				WHERE coalesce(r.member_id, a.member_id) > :after
				ORDER BY 1 LIMIT :limit
				""")
			.bind("event", event)
			.bind("after", (after != null) ? after : new UUID(0, 0))
			.bind("limit", limit)
			.mapProperties(Attendance.class)
			.all()
			.collectList();
	}

	/** One member's attendance, empty when nothing is known of it. */
	Mono<Attendance> find(UUID event, UUID member) {
		return this.database.sql(ATTENDANCE + "WHERE coalesce(r.member_id, a.member_id) = :member")
			.bind("event", event)
			.bind("member", member)
			.mapProperties(Attendance.class)
			.one();
	}

	Mono<Void> insert(Correction correction, UUID staff, Instant now) {
		return this.database.sql("""
				INSERT INTO attendance_correction (id, event_id, member_id, checked_in_at, checked_out_at, reason,
					staff_id, corrected_at)
				VALUES (:id, :event, :member, :checkedIn, :checkedOut, :reason, :staff, :now)
				""")
			.bind("id", this.ids.next())
			.bind("event", correction.eventId())
			.bind("member", correction.memberId())
			.bind("checkedIn", correction.checkedInAt())
			.bind("checkedOut", correction.checkedOutAt())
			.bind("reason", correction.reason())
			.bind("staff", staff)
			.bind("now", now)
			.then();
	}

}
