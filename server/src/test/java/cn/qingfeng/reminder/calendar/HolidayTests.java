package cn.qingfeng.reminder.calendar;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HolidayTests {

	@ParameterizedTest
	@CsvSource({ "SPRING_FESTIVAL,2025-01-29", "SPRING_FESTIVAL,2026-02-17", "SPRING_FESTIVAL,2027-02-06",
			"SPRING_FESTIVAL,2033-01-31", "QINGMING,2025-04-04", "QINGMING,2026-04-05", "QINGMING,2027-04-05",
			"DRAGON_BOAT,2025-05-31", "DRAGON_BOAT,2026-06-19", "DRAGON_BOAT,2027-06-09", "MID_AUTUMN,2025-10-06",
			"MID_AUTUMN,2026-09-25", "MID_AUTUMN,2027-09-15", "NEW_YEAR,2027-01-01", "LABOUR_DAY,2026-05-01",
			"NATIONAL_DAY,2026-10-01" })
	void aHolidayFallsOnItsDay(Holiday holiday, LocalDate date) {
		assertThat(holiday.in(date.getYear())).isEqualTo(date);
	}

	@Test
	void everyHolidayIsOnceAYearWithinItsSeason() {
		for (int year = 1950; year <= 2100; year++) {
			for (Holiday holiday : Holiday.values()) {
				assertThat(holiday.in(year).getYear()).as("%s %d", holiday, year).isEqualTo(year);
			}
			assertThat(Holiday.SPRING_FESTIVAL.in(year)).isBetween(LocalDate.of(year, 1, 20),
					LocalDate.of(year, 2, 21));
			assertThat(Holiday.QINGMING.in(year)).isBetween(LocalDate.of(year, 4, 4), LocalDate.of(year, 4, 6));
			assertThat(Holiday.DRAGON_BOAT.in(year)).isBetween(LocalDate.of(year, 5, 27), LocalDate.of(year, 6, 26));
			assertThat(Holiday.MID_AUTUMN.in(year)).isBetween(LocalDate.of(year, 9, 7), LocalDate.of(year, 10, 9));
		}
	}

	@Test
	void lunarDatesAreNamed() {
		assertThat(Holiday.lunarDate(LocalDate.of(2027, 2, 6))).isEqualTo("丁未年正月初一");
	}

	@Test
	void theCalendarListsTheYearInOrder() {
		HolidayCalendar calendar = new HolidayCalendar(List.of(), Set.of());
		assertThat(calendar.between(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31)))
			.extracting(HolidayCalendar.HolidayDay::holiday)
			.containsExactly(Holiday.NEW_YEAR, Holiday.SPRING_FESTIVAL, Holiday.QINGMING, Holiday.LABOUR_DAY,
					Holiday.DRAGON_BOAT, Holiday.MID_AUTUMN, Holiday.NATIONAL_DAY);
	}

	@Test
	void theFirstDayOffIsThePublishedOne() {
		DaysOff off = new DaysOff("春节", List.of(Holiday.SPRING_FESTIVAL), LocalDate.of(2026, 2, 15),
				LocalDate.of(2026, 2, 23));
		HolidayCalendar calendar = new HolidayCalendar(List.of(off), Set.of(2026));
		assertThat(calendar.day(Holiday.SPRING_FESTIVAL, LocalDate.of(2026, 2, 17)).firstDay())
			.isEqualTo(LocalDate.of(2026, 2, 15));
		assertThat(calendar.day(Holiday.SPRING_FESTIVAL, LocalDate.of(2027, 2, 6)).daysOff()).isEmpty();
		assertThat(off.days()).hasSize(9);
	}

	@Test
	void joinedHolidaysShareTheirDaysOff() {
		DaysOff off = new DaysOff("国庆节、中秋节", List.of(Holiday.NATIONAL_DAY, Holiday.MID_AUTUMN),
				LocalDate.of(2025, 10, 1), LocalDate.of(2025, 10, 8));
		HolidayCalendar calendar = new HolidayCalendar(List.of(off), Set.of(2025));
		assertThat(calendar.between(LocalDate.of(2025, 10, 1), LocalDate.of(2025, 10, 31)))
			.extracting(HolidayCalendar.HolidayDay::firstDay)
			.containsExactly(LocalDate.of(2025, 10, 1), LocalDate.of(2025, 10, 1));
	}

}
