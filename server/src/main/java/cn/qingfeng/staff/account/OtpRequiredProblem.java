package cn.qingfeng.staff.account;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * The password is right; the account also wants a one-time code.
 */
final class OtpRequiredProblem extends Problem {

	private static final long serialVersionUID = 1L;

	OtpRequiredProblem() {
		super(HttpStatus.UNAUTHORIZED, "otp-required");
	}

}
