package cn.qingfeng.platform.idempotency;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/** The key came before, with another request. */
final class IdempotencyKeyReusedProblem extends Problem {

	IdempotencyKeyReusedProblem() {
		super(HttpStatus.CONFLICT, "idempotency-key-reused");
	}

}
