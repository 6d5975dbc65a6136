package cn.qingfeng.staff.audit;

import java.time.Instant;
import java.time.LocalDate;

import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.time.BusinessTime;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are asked for; null asks for all.
 *
 * @param actor user name
 * @param action what was done
 * @param subject to what
 * @param from the first day
 * @param to the last day
 */
record AuditFilter(@Nullable String actor, @Nullable String action, @Nullable String subject, @Nullable LocalDate from,
		@Nullable LocalDate to) {

	/** Nothing was recorded before, and nothing is recorded so far ahead. */
	private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);

	private static final LocalDate LAST = LocalDate.of(2999, 12, 31);

	AuditFilter {
		new Violations().require(isPlausible(from), "from", "日期超出范围")
			.require(isPlausible(to), "to", "日期超出范围")
			.throwIfAny();
	}

	Instant begin() {
		return ((this.from != null) ? this.from : FIRST).atStartOfDay(BusinessTime.ZONE).toInstant();
	}

	Instant end() {
		return ((this.to != null) ? this.to : LAST).plusDays(1).atStartOfDay(BusinessTime.ZONE).toInstant();
	}

	private static boolean isPlausible(@Nullable LocalDate date) {
		return date == null || !date.isBefore(FIRST) && !date.isAfter(LAST);
	}

}
