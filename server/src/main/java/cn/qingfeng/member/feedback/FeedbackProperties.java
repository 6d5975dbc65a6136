package cn.qingfeng.member.feedback;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Set;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long an answer may take.
 *
 * @param workingDays until which an answer is due, not counting the day it was written
 * @param daysOff statutory holidays on working days, such as {@code 2026-10-01}
 * @param extraDays weekends on which people work instead
 * @param perDay how many messages a member may send in 24 hours
 */
@ConfigurationProperties("qingfeng.feedback")
@Validated
record FeedbackProperties(@DefaultValue("5") @Min(1) @Max(60) int workingDays, @DefaultValue Set<LocalDate> daysOff,
		@DefaultValue Set<LocalDate> extraDays, @DefaultValue("20") @Min(1) int perDay) {

	LocalDate dueOn(LocalDate written) {
		LocalDate day = written;
		for (int left = this.workingDays; left > 0; left -= isWorked(day) ? 1 : 0) {
			day = day.plusDays(1);
		}
		return day;
	}

	private boolean isWorked(LocalDate day) {
		boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
		return this.extraDays.contains(day) || !weekend && !this.daysOff.contains(day);
	}

}
