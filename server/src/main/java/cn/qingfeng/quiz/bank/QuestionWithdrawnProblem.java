package cn.qingfeng.quiz.bank;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * A withdrawn question stays as it is.
 */
final class QuestionWithdrawnProblem extends Problem {

	QuestionWithdrawnProblem() {
		super(HttpStatus.CONFLICT, "question-withdrawn");
	}

}
