package cn.qingfeng.volunteer.checkin;

import java.time.Instant;
import java.util.UUID;

/**
 * What a phone reports.
 *
 * @param id made by the phone; reported again it is recorded once
 * @param at by the phone's clock
 */
record NewCheckIn(UUID id, UUID eventId, CheckInKind kind, String code, Instant at) {

}
