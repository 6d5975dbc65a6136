package cn.qingfeng.quiz.bank;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * The question holds already, so there is nothing to confirm.
 */
final class QuestionNotSuspendedProblem extends Problem {

	QuestionNotSuspendedProblem() {
		super(HttpStatus.CONFLICT, "question-not-suspended");
	}

}
