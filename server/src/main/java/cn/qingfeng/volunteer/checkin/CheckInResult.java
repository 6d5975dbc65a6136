package cn.qingfeng.volunteer.checkin;

import cn.qingfeng.platform.problem.Problem;

/**
 * What became of a reported check-in.
 */
sealed interface CheckInResult {

	/** It is recorded now. */
	record Recorded(CheckIn checkIn) implements CheckInResult {

	}

	/** The same report was recorded before. */
	record Repeated(CheckIn checkIn) implements CheckInResult {

	}

	/** It is not recorded. */
	record Refused(Problem problem) implements CheckInResult {

	}

}
