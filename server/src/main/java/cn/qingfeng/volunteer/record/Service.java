package cn.qingfeng.volunteer.record;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a member at one event.
 *
 * @param checkedInAt null while only the way out is known
 * @param checkedOutAt null while the member has not signed out
 */
record Service(UUID eventId, String title, Instant startsAt, Instant endsAt, @Nullable Instant checkedInAt,
		@Nullable Instant checkedOutAt) {

}
