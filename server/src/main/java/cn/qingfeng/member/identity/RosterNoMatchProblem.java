package cn.qingfeng.member.identity;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * No such number, a wrong name, a used code, somebody who left: said alike, so that
 * nobodyn * learns who is a member.
 */
final class RosterNoMatchProblem extends Problem {

	private static final long serialVersionUID = 1L;

	RosterNoMatchProblem() {
		super(HttpStatus.NOT_FOUND, "roster-no-match");
	}

}
