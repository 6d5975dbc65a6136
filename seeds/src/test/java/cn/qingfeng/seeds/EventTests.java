package cn.qingfeng.seeds;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class EventTests {

	private final JsonNode file = SeedFiles.yaml("events/events.yaml");

	@Test
	void eventsAreWhole() {
		assertThat(this.file.path("coordinateSystem").asString()).isEqualTo("GCJ-02");
		assertThat(SeedFiles.keys(this.file.path("events"))).hasSizeGreaterThanOrEqualTo(14);
		Set<String> kinds = new HashSet<>();
		this.file.path("kinds").forEach((kind) -> kinds.add(kind.path("key").asString()));
		assertThat(kinds).hasSize(14);
		List<JsonNode> events = SeedFiles.items(this.file.path("events"));
		assertThat(events).extracting((event) -> event.path("kind").asString()).hasSameElementsAs(kinds);
		assertThat(events).extracting((event) -> event.path("title").asString()).doesNotHaveDuplicates();
		Set<String> units = SeedFiles.keys(SeedFiles.yaml("organisation/units.yaml").path("units"));
		for (JsonNode event : this.file.path("events")) {
			String key = event.path("key").asString();
			SeedFiles
				.assertFields(
						key, event, Set.of("key", "kind", "title", "description", "place", "latitude", "longitude",
								"capacity", "organiser", "starts", "duration", "hours", "registrationCloses"),
						Set.of());
			assertThat(kinds).contains(event.path("kind").asString());
			assertThat(units).contains(event.path("organiser").asString());
			assertThat(event.path("title").asString()).as(key).hasSizeBetween(4, 20);
			assertThat(SeedFiles.chineseCharacters(event.path("description").asString())).as(key).isBetween(40L, 400L);
			assertThat(event.path("capacity").asInt()).as(key).isBetween(5, 500);
			assertThat(event.path("registrationCloses").asString()).isIn("AT_START", "AT_END");
			assertInLaixi(event);
			Duration duration = Duration.parse(event.path("duration").asString());
			assertThat(duration).as(key).isBetween(Duration.ofMinutes(30), Duration.ofHours(8));
			assertThat(event.path("hours").asDouble()).as(key)
				.isPositive()
				.isLessThanOrEqualTo(duration.toMinutes() / 60.0);
			assertStart(key, event.path("starts"));
		}
	}

	@Test
	void oneEventIsGoingOnWhenTheSeedsAreLoaded() {
		assertThat(SeedFiles.items(this.file.path("events"))).anyMatch((event) -> {
			int minutes = event.path("starts").path("minutesAfterLoad").asInt(1);
			return minutes <= 0 && -minutes < Duration.parse(event.path("duration").asString()).toMinutes()
					&& "AT_END".equals(event.path("registrationCloses").asString());
		});
	}

	@Test
	void whatNeedsAWorkdayIsNotCountedInDays() {
		for (JsonNode event : this.file.path("events")) {
			if (Set.of("TRAFFIC", "WATER_SAFETY", "LEGAL_ADVICE").contains(event.path("kind").asString())) {
				assertThat(DayOfWeek.valueOf(event.path("starts").path("weekday").asString()))
					.isLessThan(DayOfWeek.SATURDAY);
			}
		}
	}

	static void assertInLaixi(JsonNode place) {
		assertThat(place.path("latitude").asDouble()).isBetween(36.56, 37.16);
		assertThat(place.path("longitude").asDouble()).isBetween(120.20, 120.68);
	}

	private static void assertStart(String key, JsonNode starts) {
		if (starts.has("minutesAfterLoad")) {
			SeedFiles.assertFields(key, starts, Set.of("minutesAfterLoad"), Set.of());
		}
		else if (starts.has("daysAfterLoad")) {
			SeedFiles.assertFields(key, starts, Set.of("daysAfterLoad", "at"), Set.of());
			assertThat(starts.path("daysAfterLoad").asInt()).isBetween(1, 60);
			assertAtAHumanHour(starts);
		}
		else {
			SeedFiles.assertFields(key, starts, Set.of("weekday", "weeksAfterLoad", "at"), Set.of());
			assertThat(starts.path("weeksAfterLoad").asInt()).isBetween(1, 8);
			DayOfWeek.valueOf(starts.path("weekday").asString());
			assertAtAHumanHour(starts);
		}
	}

	private static void assertAtAHumanHour(JsonNode starts) {
		assertThat(LocalTime.parse(starts.path("at").asString())).isBetween(LocalTime.of(6, 30), LocalTime.of(19, 0));
	}

}
