package cn.qingfeng.platform.security;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/** A write that a cookie vouches for lacks the header that only our own page can send. */
final class CsrfProblem extends Problem {

	CsrfProblem() {
		super(HttpStatus.FORBIDDEN, "csrf");
	}

}
