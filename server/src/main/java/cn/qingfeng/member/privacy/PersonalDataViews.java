package cn.qingfeng.member.privacy;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.staff.Audit;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Remembers each time that somebody of staff saw personal data in clear, for the member
 * and for the audit.
 */
@Component
public class PersonalDataViews {

	private static final int SHORTEST_PURPOSE = 4;

	private final DatabaseClient database;

	private final Audit audit;

	private final IdGenerator ids;

	private final Clock clock;

	PersonalDataViews(DatabaseClient database, Audit audit, IdGenerator ids, Clock clock) {
		this.database = database;
		this.audit = audit;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Writes down that the current staff sees something, in the caller's transaction:
	 * before the data are handed out.
	 * @param members whose data
	 * @param data what, such as {@code phone}
	 * @param purpose why, in words; 422 without
	 */
	public Mono<Void> record(Collection<UUID> members, String data, String purpose) {
		new Violations().require(purpose.strip().length() >= SHORTEST_PURPOSE, "purpose", "请写明查看个人信息的目的").throwIfAny();
		UUID[] viewed = members.toArray(UUID[]::new);
		String subject = (viewed.length == 1) ? viewed[0].toString() : viewed.length + " members";
		return CurrentStaff.mono()
			.flatMap((staff) -> insert(viewed, staff.staffId(), data, purpose.strip()))
			.then(this.audit.record("member.view-" + data, subject, purpose.strip()));
	}

	/** Those of a member, newest first. */
	Mono<List<View>> of(UUID memberId, UUID before, int limit) {
		return this.database.sql("""
				SELECT id, staff_id, data, purpose, viewed_at FROM personal_data_view
				WHERE member_id = :memberId AND id < :before ORDER BY id DESC LIMIT :limit
				""")
			.bind("memberId", memberId)
			.bind("before", before)
			.bind("limit", limit)
			.mapProperties(View.class)
			.all()
			.collectList();
	}

	private Mono<Void> insert(UUID[] members, UUID staffId, String data, String purpose) {
		UUID[] rows = new UUID[members.length];
		for (int i = 0; i < rows.length; i++) {
			rows[i] = this.ids.next();
		}
		return this.database.sql("""
				INSERT INTO personal_data_view (id, member_id, staff_id, data, purpose, viewed_at)
				SELECT v.id, v.member_id, :staffId, :data, :purpose, :now
				FROM unnest(:ids, :members) AS v (id, member_id)
				""")
			.bind("staffId", staffId)
			.bind("data", data)
			.bind("purpose", purpose)
			.bind("now", this.clock.instant())
			.bind("ids", rows)
			.bind("members", members)
			.then();
	}

	/**
	 * One look at personal data.
	 *
	 * @param id grows with time
	 * @param staffId who looked
	 * @param data at what
	 * @param purpose why
	 * @param viewedAt when
	 */
	record View(UUID id, UUID staffId, String data, String purpose, Instant viewedAt) {

	}

}
