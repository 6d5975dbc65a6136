package cn.qingfeng.platform.problem;

import org.springframework.http.HttpStatus;

/**
 * Someone else changed it meanwhile: {@code If-Match} no longer holds.
 */
public final class StaleVersionProblem extends Problem {

	public StaleVersionProblem() {
		super(HttpStatus.PRECONDITION_FAILED, "stale-version");
	}

}
