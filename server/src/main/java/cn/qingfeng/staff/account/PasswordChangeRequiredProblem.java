package cn.qingfeng.staff.account;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * The password is right but was set by somebody else or is too old: log in again with a
 * new one beside it.
 */
final class PasswordChangeRequiredProblem extends Problem {

	private static final long serialVersionUID = 1L;

	PasswordChangeRequiredProblem() {
		super(HttpStatus.FORBIDDEN, "password-change-required");
	}

}
