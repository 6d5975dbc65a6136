package cn.qingfeng.platform.problem;

import org.springframework.http.HttpStatus;

/**
 * The caller is known and may not.
 */
public final class ForbiddenProblem extends Problem {

	public ForbiddenProblem() {
		super(HttpStatus.FORBIDDEN, "forbidden");
	}

}
