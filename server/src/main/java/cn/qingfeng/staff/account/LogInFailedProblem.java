package cn.qingfeng.staff.account;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * Wrong password, no such account, or one that was closed: said alike.
 */
final class LogInFailedProblem extends Problem {

	private static final long serialVersionUID = 1L;

	LogInFailedProblem() {
		super(HttpStatus.UNAUTHORIZED, "log-in-failed");
	}

}
