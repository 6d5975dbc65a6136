package cn.qingfeng.platform.time;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * Business rules run on the wall clock of China wherever the server stands. What time it
 * is comes from the injected {@link Clock} alone; leases go by the clock of the database.
 */
public final class BusinessTime {

	public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

	private BusinessTime() {
	}

	public static LocalDate today(Clock clock) {
		return LocalDate.ofInstant(clock.instant(), ZONE);
	}

	/** The form of a time in an answer: with the offset of China. */
	public static OffsetDateTime at(Instant instant) {
		return instant.atZone(ZONE).toOffsetDateTime();
	}

	public static OffsetDateTime now(Clock clock) {
		return at(clock.instant());
	}

}
