package cn.qingfeng.content.issue;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * What is asked for does not fit the issue as it is.
 */
final class IssueProblem extends Problem {

	private static final long serialVersionUID = 1;

	IssueProblem(String name) {
		super(HttpStatus.CONFLICT, name);
	}

}
