package cn.qingfeng.volunteer.event;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * The event does not allow this now.
 */
final class EventProblem extends Problem {

	private static final long serialVersionUID = 1;

	EventProblem(String name) {
		super(HttpStatus.CONFLICT, name);
	}

}
