package cn.qingfeng.staff.account;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * Nobody gives rights to themselves, or takes them away by mistake.
 */
final class OwnAccountProblem extends Problem {

	private static final long serialVersionUID = 1L;

	OwnAccountProblem() {
		super(HttpStatus.CONFLICT, "own-account");
	}

}
