package cn.qingfeng.member.identity;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * The entry of the roster is joined to somebody else's WeChat.
 */
final class AlreadyBoundProblem extends Problem {

	private static final long serialVersionUID = 1L;

	AlreadyBoundProblem() {
		super(HttpStatus.CONFLICT, "already-bound");
	}

}
