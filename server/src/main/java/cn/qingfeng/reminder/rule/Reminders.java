package cn.qingfeng.reminder.rule;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.reminder.calendar.HolidayCalendar;
import cn.qingfeng.reminder.calendar.StatutoryHolidays;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * The reminders that the rules make.
 */
@Component
class Reminders {

	/** Longer than the longest time that a rule writes ahead, days off included. */
	private static final int LOOK_AHEAD_DAYS = 45;

	private static final int LONGEST_YEARS = 3;

	private final ReminderRules rules;

	private final StatutoryHolidays holidays;

	Reminders(ReminderRules rules, StatutoryHolidays holidays) {
		this.rules = rules;
		this.holidays = holidays;
	}

	/** Reminders due between two days, both included, in the order of their hours. */
	Mono<List<Reminder>> between(LocalDate from, LocalDate to) {
		requirePeriod(from, to);
		Instant start = from.atStartOfDay(BusinessTime.ZONE).toInstant();
		Instant end = to.plusDays(1).atStartOfDay(BusinessTime.ZONE).toInstant();
		LocalDate lookTo = to.plusDays(LOOK_AHEAD_DAYS);
		return this.holidays.calendar(from.getYear(), lookTo.getYear())
			.flatMap((calendar) -> this.rules.all()
				.map((rules) -> rules.stream()
					.filter(ReminderRule::enabled)
					.flatMap((rule) -> calendar.between(from, lookTo)
						.stream()
						.filter((day) -> day.holiday() == rule.holiday())
						.map((day) -> new Reminder(rule, day)))
					.filter((reminder) -> !reminder.dueAt().isBefore(start) && reminder.dueAt().isBefore(end))
					.sorted(Comparator.comparing(Reminder::dueAt))
					.toList()));
	}

	/** The reminder of one rule for the holiday on a day. */
	Mono<Reminder> find(UUID rule, LocalDate holidayDate) {
		if (!isComputable(holidayDate)) {
			return Mono.error(() -> Violations.of("holidayDate", "只能查询 1950 至 2100 年"));
		}
		return this.holidays.calendar(holidayDate.getYear(), holidayDate.getYear())
			.flatMap((calendar) -> this.rules.all()
				.flatMapIterable((rules) -> rules)
				.filter((candidate) -> candidate.id().equals(rule))
				.next()
				.switchIfEmpty(Mono.error(() -> new NotFoundProblem()))
				.map((found) -> reminder(found, calendar, holidayDate)));
	}

	Mono<HolidayCalendar> calendar(LocalDate from, LocalDate to) {
		requirePeriod(from, to);
		return this.holidays.calendar(from.getYear(), to.getYear());
	}

	private static Reminder reminder(ReminderRule rule, HolidayCalendar calendar, LocalDate date) {
		if (!rule.holiday().in(date.getYear()).equals(date)) {
			throw Violations.of("holidayDate", "这一天不是" + rule.holiday().chinese());
		}
		return new Reminder(rule, calendar.day(rule.holiday(), date));
	}

	private static void requirePeriod(LocalDate from, LocalDate to) {
		new Violations().require(!to.isBefore(from), "to", "结束日期不能早于开始日期")
			.require(isComputable(from) && isComputable(to), "from", "只能查询 1950 至 2100 年")
			.require(to.getYear() - from.getYear() < LONGEST_YEARS, "to", "一次最多查询三个年份")
			.throwIfAny();
	}

	/** The lunar calendar is sure for these years. */
	private static boolean isComputable(LocalDate date) {
		return date.getYear() >= 1950 && date.getYear() <= 2100;
	}

}
