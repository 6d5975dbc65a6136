package cn.qingfeng.quiz.exchange;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * All or nothing was asked for, and some rows are bad.
 */
final class ImportHasErrorsProblem extends Problem {

	ImportHasErrorsProblem(int errors) {
		super(HttpStatus.CONFLICT, "import-has-errors", errors);
	}

}
