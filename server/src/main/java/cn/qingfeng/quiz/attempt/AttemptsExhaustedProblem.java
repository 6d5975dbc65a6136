package cn.qingfeng.quiz.attempt;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * Every attempt that the round allows has been made.
 */
final class AttemptsExhaustedProblem extends Problem {

	AttemptsExhaustedProblem() {
		super(HttpStatus.CONFLICT, "attempts-exhausted");
	}

}
