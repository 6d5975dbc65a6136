package cn.qingfeng.member.unit;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * Nobody can be in a closed unit.
 */
final class UnitClosedProblem extends Problem {

	private static final long serialVersionUID = 1L;

	UnitClosedProblem() {
		super(HttpStatus.CONFLICT, "unit-closed");
	}

}
