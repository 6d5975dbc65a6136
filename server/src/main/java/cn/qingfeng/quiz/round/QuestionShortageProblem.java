package cn.qingfeng.quiz.round;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * A rule asks for more questions than the bank has for it.
 */
final class QuestionShortageProblem extends Problem {

	QuestionShortageProblem(int rule, int asked, int available) {
		super(HttpStatus.CONFLICT, "question-shortage", rule + 1, asked, available);
	}

}
