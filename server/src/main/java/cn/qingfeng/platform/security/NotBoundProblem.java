package cn.qingfeng.platform.security;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/** The account is logged in but joined to nobody on the roster. */
public final class NotBoundProblem extends Problem {

	public NotBoundProblem() {
		super(HttpStatus.FORBIDDEN, "not-bound");
	}

}
