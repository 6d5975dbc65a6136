package cn.qingfeng.quiz.attempt;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * The round is over.
 */
final class QuizClosedProblem extends Problem {

	QuizClosedProblem() {
		super(HttpStatus.CONFLICT, "quiz-closed");
	}

}
