package cn.qingfeng.quiz.round;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * The window of the round has passed.
 */
final class QuizOverProblem extends Problem {

	QuizOverProblem() {
		super(HttpStatus.CONFLICT, "quiz-over");
	}

}
