package cn.qingfeng.volunteer.checkin;

import java.time.Instant;
import java.util.UUID;

/**
 * A recorded check-in.
 *
 * @param recordedAt by the server's clock; for an upload the moment its code was shown
 * @param phoneAt by the phone's clock, only kept
 * @param offline whether it was uploaded later
 */
record CheckIn(UUID memberId, UUID id, UUID eventId, CheckInKind kind, Instant recordedAt, Instant phoneAt,
		boolean offline) {

}
