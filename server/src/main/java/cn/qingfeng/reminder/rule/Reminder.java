package cn.qingfeng.reminder.rule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;

import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.reminder.calendar.DaysOff;
import cn.qingfeng.reminder.calendar.HolidayCalendar.HolidayDay;

/**
 * One due reminder: a rule meeting a holiday of one year.
 */
record Reminder(ReminderRule rule, HolidayDay day) {

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("M月d日");

	private static final DateTimeFormatter FULL_DAY = DateTimeFormatter.ofPattern("yyyy年M月d日");

	Instant dueAt() {
		return this.rule.dueAt(this.day);
	}

	/**
	 * The letter for this holiday.
	 * @param signer who signs it
	 */
	LetterTemplate letter(String signer) {
		return this.rule.letter().fill(values(signer));
	}

	private Map<String, String> values(String signer) {
		Map<String, String> values = new HashMap<>();
		values.put("year", String.valueOf(this.day.date().getYear()));
		values.put("holiday", this.day.holiday().chinese());
		values.put("arrangement", arrangement());
		values.put("from", DAY.format(this.day.firstDay()));
		values.put("to", DAY.format(lastDay()));
		values.put("days", String.valueOf(this.day.daysOff().map((off) -> off.days().size()).orElse(1)));
		values.put("signer", signer);
		values.put("issuedOn", FULL_DAY.format(LocalDate.ofInstant(dueAt(), BusinessTime.ZONE)));
		return values;
	}

	private LocalDate lastDay() {
		return this.day.daysOff().map(DaysOff::to).orElse(this.day.date());
	}

	private String arrangement() {
		int year = this.day.date().getYear();
		String holiday = this.day.holiday().chinese();
		return this.day.daysOff()
			.map((off) -> off.from().equals(off.to())
					? "%d年%s放假1天，放假日期为%s。".formatted(year, holiday, DAY.format(off.from()))
					: "%d年%s放假时间为%s至%s，共%d天。".formatted(year, holiday, DAY.format(off.from()), DAY.format(off.to()),
							off.days().size()))
			.orElse("%d年%s放假安排以国务院办公厅通知为准。".formatted(year, holiday));
	}

}
