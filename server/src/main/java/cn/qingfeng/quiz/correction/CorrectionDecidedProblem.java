package cn.qingfeng.quiz.correction;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * It was approved or rejected already.
 */
final class CorrectionDecidedProblem extends Problem {

	CorrectionDecidedProblem() {
		super(HttpStatus.CONFLICT, "correction-decided");
	}

}
