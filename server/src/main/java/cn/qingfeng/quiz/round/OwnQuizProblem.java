package cn.qingfeng.quiz.round;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * Nobody publishes a round that they wrote or changed last.
 */
final class OwnQuizProblem extends Problem {

	OwnQuizProblem() {
		super(HttpStatus.CONFLICT, "own-quiz");
	}

}
