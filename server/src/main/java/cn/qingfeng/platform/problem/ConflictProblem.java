package cn.qingfeng.platform.problem;

import org.springframework.http.HttpStatus;

/**
 * The thing is not in a state that allows this.
 */
public final class ConflictProblem extends Problem {

	public ConflictProblem() {
		super(HttpStatus.CONFLICT, "conflict");
	}

}
