package cn.qingfeng.content.review;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * A rule of the three reviews forbids this signature.
 */
public final class ReviewRefusedProblem extends Problem {

	private static final long serialVersionUID = 1;

	ReviewRefusedProblem(String name) {
		super(HttpStatus.CONFLICT, name);
	}

}
