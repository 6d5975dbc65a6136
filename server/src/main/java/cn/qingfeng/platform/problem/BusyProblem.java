package cn.qingfeng.platform.problem;

import org.springframework.http.HttpStatus;

/**
 * Too much at once; nothing was done, trying again soon helps.
 */
public final class BusyProblem extends Problem {

	public BusyProblem() {
		super(HttpStatus.SERVICE_UNAVAILABLE, "busy");
	}

}
