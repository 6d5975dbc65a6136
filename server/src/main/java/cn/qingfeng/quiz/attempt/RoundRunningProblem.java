package cn.qingfeng.quiz.attempt;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * Answers are marked when nobody can change them any more.
 */
final class RoundRunningProblem extends Problem {

	RoundRunningProblem() {
		super(HttpStatus.CONFLICT, "quiz-running");
	}

}
