package cn.qingfeng.quiz.attempt;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * The round has not begun.
 */
final class QuizNotOpenProblem extends Problem {

	QuizNotOpenProblem() {
		super(HttpStatus.CONFLICT, "quiz-not-open");
	}

}
