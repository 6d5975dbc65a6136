package cn.qingfeng.quiz.attempt;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * Handed in or past its deadline: it takes no answers.
 */
final class AttemptClosedProblem extends Problem {

	AttemptClosedProblem() {
		super(HttpStatus.CONFLICT, "attempt-closed");
	}

}
