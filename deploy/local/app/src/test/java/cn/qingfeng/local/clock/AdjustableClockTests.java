package cn.qingfeng.local.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AdjustableClockTests {

	private static final Instant MAY_DAY = Instant.parse("2026-05-01T01:00:00Z");

	private Instant real = Instant.parse("2026-01-01T00:00:00Z");

	private final AdjustableClock clock = new AdjustableClock(new Clock() {

		@Override
		public Instant instant() {
			return AdjustableClockTests.this.real;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	});

	@Test
	void itShowsTheRealTimeUntilItIsSet() {
		assertThat(this.clock.instant()).isEqualTo(this.real);
	}

	@Test
	void itGoesOnFromWhereItWasSet() {
		this.clock.set(MAY_DAY);
		this.real = this.real.plus(Duration.ofMinutes(5));
		assertThat(this.clock.instant()).isEqualTo(MAY_DAY.plus(Duration.ofMinutes(5)));
	}

	@Test
	void aCopyForAnotherZoneIsSetWithIt() {
		Clock copy = this.clock.withZone(ZoneOffset.ofHours(8));
		this.clock.set(MAY_DAY);
		assertThat(copy.instant()).isEqualTo(MAY_DAY);
	}

}
