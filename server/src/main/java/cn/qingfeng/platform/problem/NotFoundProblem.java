package cn.qingfeng.platform.problem;

import org.springframework.http.HttpStatus;

/**
 * There is no such thing, or not for this caller: both answer alike.
 */
public final class NotFoundProblem extends Problem {

	public NotFoundProblem() {
		super(HttpStatus.NOT_FOUND, "not-found");
	}

}
