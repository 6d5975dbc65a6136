package cn.qingfeng.quiz.attempt;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * Another phone or tab has saved a newer answer.
 */
final class StaleAnswerProblem extends Problem {

	StaleAnswerProblem() {
		super(HttpStatus.CONFLICT, "stale-answer");
	}

}
