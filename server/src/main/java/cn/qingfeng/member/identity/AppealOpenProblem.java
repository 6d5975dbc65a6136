package cn.qingfeng.member.identity;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * This person has an appeal without an answer.
 */
final class AppealOpenProblem extends Problem {

	private static final long serialVersionUID = 1L;

	AppealOpenProblem() {
		super(HttpStatus.CONFLICT, "appeal-open");
	}

}
