package cn.qingfeng.volunteer.record;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.member.MemberName;
import cn.qingfeng.member.Members;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Attendance as organisers see it, with names.
 */
record AttendanceView(UUID memberId, String name, @Nullable String unit, String registration,
		@Nullable Instant checkedInAt, @Nullable Instant checkedOutAt, @Nullable Double hours, boolean corrected) {

	/**
	 * Completes attendance with names, in one query.
	 */
	@Component
	static class Reader {

		private static final String GONE = "（已离开）";

		private final Members members;

		Reader(Members members) {
			this.members = members;
		}

		Mono<List<AttendanceView>> complete(UUID event, List<Attendance> rows) {
			return this.members.names(rows.stream().map(Attendance::memberId).toList())
				.map((names) -> rows.stream().map((row) -> view(event, row, names)).toList());
		}

		private static AttendanceView view(UUID event, Attendance row, Map<UUID, MemberName> names) {
			MemberName name = names.get(row.memberId());
			return new AttendanceView(row.memberId(), (name != null) ? name.name() : GONE,
					(name != null) ? name.unitName() : null, row.registration(), row.checkedInAt(), row.checkedOutAt(),
					row.hours(event), row.corrected());
		}

	}

}
