package cn.qingfeng.member.identity;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * This browser did not begin the log-in that comes back, or did so too long ago.
 */
final class OauthStateProblem extends Problem {

	private static final long serialVersionUID = 1L;

	OauthStateProblem() {
		super(HttpStatus.BAD_REQUEST, "oauth-state-invalid");
	}

}
