package cn.qingfeng.staff.policy;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * Who asked for an exception or has agreed to it already does not count as another pair
 * of eyes.
 */
final class OwnExceptionProblem extends Problem {

	private static final long serialVersionUID = 1L;

	OwnExceptionProblem() {
		super(HttpStatus.CONFLICT, "own-exception");
	}

}
