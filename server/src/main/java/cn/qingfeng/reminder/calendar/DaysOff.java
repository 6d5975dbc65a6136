package cn.qingfeng.reminder.calendar;

import java.time.LocalDate;
import java.util.List;

/**
 * The days off around a holiday, as the State Council published them.
 *
 * @param holidays two when they are joined
 */
public record DaysOff(String name, List<Holiday> holidays, LocalDate from, LocalDate to) {

	public DaysOff {
		holidays = List.copyOf(holidays);
	}

	public List<LocalDate> days() {
		return this.from.datesUntil(this.to.plusDays(1)).toList();
	}

}
