package cn.qingfeng.quiz.bank;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * The bank has a question with this stem.
 */
final class QuestionExistsProblem extends Problem {

	QuestionExistsProblem() {
		super(HttpStatus.CONFLICT, "question-exists");
	}

}
