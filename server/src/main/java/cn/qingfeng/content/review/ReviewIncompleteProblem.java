package cn.qingfeng.content.review;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * Fewer than three people have signed the present bytes.
 */
public final class ReviewIncompleteProblem extends Problem {

	private static final long serialVersionUID = 1;

	public ReviewIncompleteProblem() {
		super(HttpStatus.CONFLICT, "review-incomplete");
	}

}
