package cn.rules.violations;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;

/** Asks the machine what time it is. */
public final class ReadingTheClock {

	private ReadingTheClock() {
	}

	static Instant go() {
		return Instant.now();
	}

	/** In a zone. */
	public static final class Zoned {

		private Zoned() {
		}

		static LocalDate go() {
			return LocalDate.now(ZoneOffset.UTC);
		}

	}

	/** In milliseconds. */
	public static final class Millis {

		private Millis() {
		}

		static long go() {
			return System.currentTimeMillis();
		}

	}

	/** As a date. */
	public static final class OldDate {

		private OldDate() {
		}

		static Date go() {
			return new Date();
		}

	}

	/** With a clock of its own. */
	public static final class OwnClock {

		private OwnClock() {
		}

		static Clock go() {
			return Clock.systemUTC();
		}

	}

	/** Keeps by thread. */
	public static final class ByThread {

		private final ThreadLocal<String> kept = new ThreadLocal<>();

		String kept() {
			return this.kept.get();
		}

	}

}
