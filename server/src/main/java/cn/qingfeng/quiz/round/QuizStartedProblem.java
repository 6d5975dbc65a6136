package cn.qingfeng.quiz.round;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * Members may have begun.
 */
final class QuizStartedProblem extends Problem {

	QuizStartedProblem() {
		super(HttpStatus.CONFLICT, "quiz-started");
	}

}
