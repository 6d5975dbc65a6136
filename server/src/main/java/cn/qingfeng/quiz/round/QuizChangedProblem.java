package cn.qingfeng.quiz.round;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * The round is not what was looked through.
 */
final class QuizChangedProblem extends Problem {

	QuizChangedProblem() {
		super(HttpStatus.CONFLICT, "quiz-changed");
	}

}
