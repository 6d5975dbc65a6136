package cn.qingfeng.content.issue;

import java.time.DateTimeException;
import java.time.YearMonth;

import cn.qingfeng.platform.problem.NotFoundProblem;

/**
 * Months in paths.
 */
public final class Months {

	private Months() {
	}

	/** The month, such as 2026-05; what is none is not found. */
	public static YearMonth of(String month) {
		try {
			return YearMonth.parse(month);
		}
		catch (DateTimeException ex) {
			throw new NotFoundProblem();
		}
	}

}
