package cn.qingfeng.quiz.bank;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * An archived bank takes no questions.
 */
final class BankArchivedProblem extends Problem {

	BankArchivedProblem() {
		super(HttpStatus.CONFLICT, "bank-archived");
	}

}
