package cn.qingfeng.reminder.rule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import cn.qingfeng.reminder.calendar.DaysOff;
import cn.qingfeng.reminder.calendar.Holiday;
import cn.qingfeng.reminder.calendar.HolidayCalendar.HolidayDay;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ReminderTests {

	private static final DaysOff SPRING_2026 = new DaysOff("春节", List.of(Holiday.SPRING_FESTIVAL),
			LocalDate.of(2026, 2, 15), LocalDate.of(2026, 2, 23));

	@Test
	void theSpringFestivalLetterIsDueThreeDaysBeforeTheFirstDayOff() {
		assertThat(spring(SPRING_2026, "x").dueAt()).isEqualTo(Instant.parse("2026-02-12T01:00:00Z"));
	}

	@Test
	void withoutTheTableItCountsFromTheHolidayItself() {
		assertThat(spring(null, "x").dueAt()).isEqualTo(Instant.parse("2026-02-14T01:00:00Z"));
	}

	@Test
	void itsPlacesAreFilled() {
		LetterTemplate letter = spring(SPRING_2026, """
				{{year}}年{{holiday}}：{{arrangement}} {{from}}至{{ to }}，{{days}}天。{{signer}} {{issuedOn}}
				""").letter("市直机关工委");
		assertThat(letter.markdown())
			.isEqualToIgnoringNewLines("2026年春节：2026年春节放假时间为2月15日至2月23日，共9天。 2月15日至2月23日，9天。市直机关工委 2026年2月12日");
		assertThat(letter.title()).isEqualTo("致全市机关党员的春节廉洁过节提醒");
	}

	@Test
	void oneDayOffIsSaidAsOne() {
		DaysOff one = new DaysOff("春节", List.of(Holiday.SPRING_FESTIVAL), LocalDate.of(2026, 2, 17),
				LocalDate.of(2026, 2, 17));
		assertThat(spring(one, "{{arrangement}}").letter("x").markdown()).isEqualTo("2026年春节放假1天，放假日期为2月17日。");
	}

	@Test
	void withoutTheTableTheLetterSaysSo() {
		assertThat(spring(null, "{{arrangement}}").letter("x").markdown()).contains("以国务院办公厅通知为准");
	}

	@Test
	void aPlaceWithoutAValueIsADefect() {
		assertThatIllegalStateException().isThrownBy(() -> spring(null, "{{unknown}}").letter("x"))
			.withMessageContaining("unknown");
	}

	@Test
	void valuesAreTakenLiterally() {
		assertThat(spring(null, "{{signer}}").letter("$1 \\ {{year}}").markdown()).isEqualTo("$1 \\ {{year}}");
	}

	private static Reminder spring(@Nullable DaysOff off, String markdown) {
		LetterTemplate letter = new LetterTemplate("spring-festival", "reminders", "致全市机关党员的{{holiday}}廉洁过节提醒", "摘要",
				null, markdown, List.of("《中国共产党纪律处分条例》"));
		ReminderRule rule = new ReminderRule(UUID.randomUUID(), "spring-festival-first", "春节", Holiday.SPRING_FESTIVAL,
				3, LocalTime.of(9, 0), letter, true);
		return new Reminder(rule, new HolidayDay(Holiday.SPRING_FESTIVAL, LocalDate.of(2026, 2, 17),
				Optional.ofNullable(off), off != null));
	}

}
