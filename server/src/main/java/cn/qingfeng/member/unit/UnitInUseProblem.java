package cn.qingfeng.member.unit;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * A unit with active members or open units below is not closed.
 */
final class UnitInUseProblem extends Problem {

	private static final long serialVersionUID = 1L;

	UnitInUseProblem() {
		super(HttpStatus.CONFLICT, "unit-in-use");
	}

}
