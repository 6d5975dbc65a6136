package cn.qingfeng.platform.problem;

import org.springframework.http.HttpStatus;

/**
 * This caller asks too often; add {@code retryAfter} in seconds for the header.
 */
public final class TooManyRequestsProblem extends Problem {

	public TooManyRequestsProblem() {
		super(HttpStatus.TOO_MANY_REQUESTS, "too-many-requests");
	}

}
