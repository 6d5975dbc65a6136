package cn.qingfeng.seeds;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import cn.qingfeng.seeds.SeedFiles.SeedText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class HolidayTests {

	private static final Set<String> HOLIDAYS = Set.of("NEW_YEAR", "SPRING_FESTIVAL", "QINGMING", "LABOUR_DAY",
			"DRAGON_BOAT", "MID_AUTUMN", "NATIONAL_DAY");

	private static final Set<DayOfWeek> WEEKEND = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

	@ParameterizedTest
	@ValueSource(ints = { 2024, 2025, 2026 })
	void theTableOfAYearIsConsistent(int year) {
		JsonNode table = SeedFiles.yaml("holidays/" + year + ".yaml");
		SeedFiles.assertFields("table", table, Set.of("year", "source", "periods"), Set.of());
		SeedFiles.assertFields("source", table.path("source"), Set.of("document", "url", "via"), Set.of());
		assertThat(table.path("year").asInt()).isEqualTo(year);
		List<String> covered = new ArrayList<>();
		Set<LocalDate> off = new HashSet<>();
		Set<LocalDate> worked = new HashSet<>();
		for (JsonNode period : table.path("periods")) {
			SeedFiles.assertFields("period", period, Set.of("name", "holidays", "from", "to", "days", "workdays"),
					Set.of());
			covered.addAll(SeedFiles.strings(period.path("holidays")));
			LocalDate from = LocalDate.parse(period.path("from").asString());
			LocalDate to = LocalDate.parse(period.path("to").asString());
			assertThat(from.getYear()).isEqualTo(year);
			assertThat(ChronoUnit.DAYS.between(from, to) + 1).isEqualTo(period.path("days").asLong());
			from.datesUntil(to.plusDays(1)).forEach((day) -> assertThat(off.add(day)).as("%s", day).isTrue());
			SeedFiles.strings(period.path("workdays")).forEach((day) -> worked.add(LocalDate.parse(day)));
		}
		assertThat(covered).containsExactlyInAnyOrderElementsOf(HOLIDAYS);
		assertThat(worked).doesNotContainAnyElementsOf(off)
			.allMatch((day) -> WEEKEND.contains(day.getDayOfWeek()), "is a weekend day");
		assertThat(off).contains(LocalDate.of(year, Month.JANUARY, 1), LocalDate.of(year, Month.MAY, 1),
				LocalDate.of(year, Month.OCTOBER, 1));
	}

	@Test
	void everyHolidayHasAReminderInDaylightWithALetter() {
		Map<String, SeedText> letters = SeedFiles.texts("letters");
		JsonNode file = SeedFiles.yaml("reminders/rules.yaml");
		SeedFiles.keys(file.path("rules"));
		Set<String> reminded = new HashSet<>();
		for (JsonNode rule : file.path("rules")) {
			SeedFiles.assertFields("rule", rule,
					Set.of("key", "name", "holiday", "countFrom", "sends", "letter", "audience"), Set.of());
			assertThat(reminded.add(rule.path("holiday").asString())).isTrue();
			assertThat(letters).containsKey(rule.path("letter").asString());
			assertThat(letters.get(rule.path("letter").asString()).value("kind")).isEqualTo("HOLIDAY");
			assertThat(rule.path("countFrom").asString()).isEqualTo("FIRST_DAY_OFF");
			assertThat(rule.path("audience").asString()).isEqualTo("ALL_MEMBERS");
			SeedFiles.keys(rule.path("sends"));
			List<JsonNode> sends = SeedFiles.items(rule.path("sends"));
			assertThat(sends.getLast().path("daysBefore").asInt()).as("the day before").isEqualTo(1);
			for (JsonNode send : sends) {
				SeedFiles.assertFields("send", send, Set.of("key", "daysBefore", "at"), Set.of());
				assertThat(LocalTime.parse(send.path("at").asString())).isBetween(LocalTime.of(8, 0),
						LocalTime.of(20, 59));
			}
		}
		assertThat(reminded).isEqualTo(HOLIDAYS);
	}

}
