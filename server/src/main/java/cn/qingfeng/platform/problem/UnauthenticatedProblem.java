package cn.qingfeng.platform.problem;

import org.springframework.http.HttpStatus;

/**
 * Nobody is logged in, or no longer.
 */
public final class UnauthenticatedProblem extends Problem {

	public UnauthenticatedProblem() {
		super(HttpStatus.UNAUTHORIZED, "unauthenticated");
	}

}
