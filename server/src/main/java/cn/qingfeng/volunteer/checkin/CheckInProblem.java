package cn.qingfeng.volunteer.checkin;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * A check-in that does not count.
 */
final class CheckInProblem extends Problem {

	private static final long serialVersionUID = 1;

	CheckInProblem(String name) {
		super(HttpStatus.CONFLICT, name);
	}

}
