package cn.qingfeng.reminder.calendar;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The holidays of some years with what is known of their days off.
 *
 * @param daysOff of the years whose table is loaded
 * @param publishedYears the years whose table is loaded
 */
public record HolidayCalendar(List<DaysOff> daysOff, Set<Integer> publishedYears) {

	public HolidayCalendar {
		daysOff = List.copyOf(daysOff);
		publishedYears = Set.copyOf(publishedYears);
	}

	/** The holidays between two days, both included, in the order of their days. */
	public List<HolidayDay> between(LocalDate from, LocalDate to) {
		return IntStream.rangeClosed(from.getYear(), to.getYear())
			.boxed()
			.flatMap((year) -> Stream.of(Holiday.values()).map((holiday) -> day(holiday, holiday.in(year))))
			.filter((day) -> !day.date().isBefore(from) && !day.date().isAfter(to))
			.sorted(Comparator.comparing(HolidayDay::date).thenComparing(HolidayDay::holiday))
			.toList();
	}

	/** A holiday on its day. */
	public HolidayDay day(Holiday holiday, LocalDate date) {
		Optional<DaysOff> off = this.daysOff.stream()
			.filter((period) -> period.holidays().contains(holiday))
			.filter((period) -> Math.abs(period.from().until(date).toTotalMonths()) == 0)
			.findFirst();
		return new HolidayDay(holiday, date, off, this.publishedYears.contains(date.getYear()));
	}

	/**
	 * One holiday of one year.
	 *
	 * @param daysOff empty while the table of its year is not loaded
	 * @param published whether that table is loaded
	 */
	public record HolidayDay(Holiday holiday, LocalDate date, Optional<DaysOff> daysOff, boolean published) {

		/** The day from which rules count back. */
		public LocalDate firstDay() {
			return this.daysOff.map(DaysOff::from).orElse(this.date);
		}

	}

}
