package cn.qingfeng.quiz.round;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * The end is too near, on one side or the other of the move.
 */
final class QuizEndingProblem extends Problem {

	QuizEndingProblem() {
		super(HttpStatus.CONFLICT, "quiz-ending");
	}

}
