package cn.qingfeng.push.campaign;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;

import cn.qingfeng.push.PushProperties;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QuietHoursTests {

	private final QuietHours night = between("21:00", "08:00");

	@Test
	void theNightIsQuietInChina() {
		assertThat(this.night.contain(at("2026-11-22T21:00:00"))).isTrue();
		assertThat(this.night.contain(at("2026-11-22T23:59:59"))).isTrue();
		assertThat(this.night.contain(at("2026-11-23T00:00:00"))).isTrue();
		assertThat(this.night.contain(at("2026-11-23T07:59:59"))).isTrue();
	}

	@Test
	void theDayIsNot() {
		assertThat(this.night.contain(at("2026-11-23T08:00:00"))).isFalse();
		assertThat(this.night.contain(at("2026-11-23T20:59:59"))).isFalse();
	}

	@Test
	void whatFallsIntoTheNightWaitsForItsEnd() {
		assertThat(this.night.firstAllowed(at("2026-12-31T22:00:00"))).isEqualTo(at("2027-01-01T08:00:00"));
		assertThat(this.night.firstAllowed(at("2027-01-01T03:00:00"))).isEqualTo(at("2027-01-01T08:00:00"));
	}

	@Test
	void whatFallsIntoTheDayDoesNotWait() {
		assertThat(this.night.firstAllowed(at("2026-11-23T09:00:00"))).isEqualTo(at("2026-11-23T09:00:00"));
	}

	@Test
	void quietHoursMayLieWithinADay() {
		QuietHours noon = between("12:00", "14:00");
		assertThat(noon.contain(at("2026-11-23T13:00:00"))).isTrue();
		assertThat(noon.contain(at("2026-11-23T14:00:00"))).isFalse();
		assertThat(noon.firstAllowed(at("2026-11-23T12:30:00"))).isEqualTo(at("2026-11-23T14:00:00"));
	}

	@Test
	void withoutQuietHoursNothingWaits() {
		assertThat(between("00:00", "00:00").contain(at("2026-11-23T00:00:00"))).isFalse();
	}

	private static QuietHours between(String from, String to) {
		return new QuietHours(new PushProperties("市直机关工委", LocalTime.parse(from), LocalTime.parse(to),
				Duration.ofHours(2), 16, 48, null, null));
	}

	private static Instant at(String local) {
		return OffsetDateTime.parse(local + "+08:00").toInstant();
	}

}
