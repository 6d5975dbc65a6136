package cn.qingfeng.volunteer.record;

import java.time.Instant;
import java.util.UUID;

import cn.qingfeng.platform.problem.Violations;

/**
 * An organiser's word on when somebody came and went.
 */
record Correction(UUID eventId, UUID memberId, Instant checkedInAt, Instant checkedOutAt, String reason) {

	Correction {
		new Violations().require(!checkedOutAt.isBefore(checkedInAt), "checkedOutAt", "签退时间不能早于签到时间").throwIfAny();
	}

}
