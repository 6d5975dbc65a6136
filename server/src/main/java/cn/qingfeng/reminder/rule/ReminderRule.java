package cn.qingfeng.reminder.rule;

import java.time.Instant;
import java.time.LocalTime;
import java.util.UUID;

import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.reminder.calendar.Holiday;
import cn.qingfeng.reminder.calendar.HolidayCalendar.HolidayDay;

/**
 * Which holiday is announced how many days before and at what hour, and with which
 * letter.
 *
 * @param daysBefore counted back from the first day off, or from the holiday itself while
 * the days off are not published
 */
record ReminderRule(UUID id, String key, String name, Holiday holiday, int daysBefore, LocalTime sendAt,
		LetterTemplate letter, boolean enabled) {

	Instant dueAt(HolidayDay day) {
		return day.firstDay().minusDays(this.daysBefore).atTime(this.sendAt).atZone(BusinessTime.ZONE).toInstant();
	}

}
