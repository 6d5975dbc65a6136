package cn.qingfeng.quiz.statistics;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * Statistics would tell the key while papers are open.
 */
final class QuizRunningProblem extends Problem {

	QuizRunningProblem() {
		super(HttpStatus.CONFLICT, "quiz-running");
	}

}
