package cn.qingfeng.quiz.bank;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * A document of this title is current.
 */
final class DocumentExistsProblem extends Problem {

	DocumentExistsProblem() {
		super(HttpStatus.CONFLICT, "document-exists");
	}

}
