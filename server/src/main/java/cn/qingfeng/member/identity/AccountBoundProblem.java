package cn.qingfeng.member.identity;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * This WeChat is joined to another entry of the roster.
 */
final class AccountBoundProblem extends Problem {

	private static final long serialVersionUID = 1L;

	AccountBoundProblem() {
		super(HttpStatus.CONFLICT, "account-bound");
	}

}
