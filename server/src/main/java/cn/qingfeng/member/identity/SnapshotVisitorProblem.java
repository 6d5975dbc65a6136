package cn.qingfeng.member.identity;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * A visitor of WeChat's snapshot page is no real person and cannot log in.
 */
final class SnapshotVisitorProblem extends Problem {

	private static final long serialVersionUID = 1L;

	SnapshotVisitorProblem() {
		super(HttpStatus.FORBIDDEN, "oauth-snapshot");
	}

}
