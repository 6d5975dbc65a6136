package cn.qingfeng.volunteer.record;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One member at one event.
 *
 * @param registration CONFIRMED, WAITLISTED, or NONE for one who only came
 * @param corrected whether an organiser corrected the times
 */
record Attendance(UUID memberId, String registration, @Nullable Instant checkedInAt, @Nullable Instant checkedOutAt,
		boolean corrected, Instant startsAt, Instant endsAt) {

	/** Hours that count, null until the member has come and gone. */
	@Nullable Double hours(UUID event) {
		if (this.checkedInAt == null || this.checkedOutAt == null) {
			return null;
		}
		Service service = new Service(event, "", this.startsAt, this.endsAt, this.checkedInAt, this.checkedOutAt);
		return ServiceRecord.of(List.of(service)).hours();
	}

}
