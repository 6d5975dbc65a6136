package cn.qingfeng.quiz.bank;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * The edition has been superseded already.
 */
final class DocumentSupersededProblem extends Problem {

	DocumentSupersededProblem() {
		super(HttpStatus.CONFLICT, "document-superseded");
	}

}
