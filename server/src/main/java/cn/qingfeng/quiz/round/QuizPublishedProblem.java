package cn.qingfeng.quiz.round;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * A published round stands: nothing of it can be changed.
 */
final class QuizPublishedProblem extends Problem {

	QuizPublishedProblem() {
		super(HttpStatus.CONFLICT, "quiz-published");
	}

}
