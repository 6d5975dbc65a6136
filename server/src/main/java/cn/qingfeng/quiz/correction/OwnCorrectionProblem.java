package cn.qingfeng.quiz.correction;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * Nobody decides about a correction of their own.
 */
final class OwnCorrectionProblem extends Problem {

	OwnCorrectionProblem() {
		super(HttpStatus.CONFLICT, "own-correction");
	}

}
