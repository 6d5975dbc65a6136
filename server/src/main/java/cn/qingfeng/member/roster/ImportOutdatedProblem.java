package cn.qingfeng.member.roster;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * What a preview staged was sealed with a key that is gone, so nobody could read it.
 */
final class ImportOutdatedProblem extends Problem {

	private static final long serialVersionUID = 1L;

	ImportOutdatedProblem() {
		super(HttpStatus.CONFLICT, "import-outdated");
	}

}
