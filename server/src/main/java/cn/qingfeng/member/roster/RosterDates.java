package cn.qingfeng.member.roster;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates as rosters write them: {@code 1998-07-01}, {@code 1998.7}, {@code 1998年7月1日},
 * {@code 19980701}, or the day number of a spreadsheet. Without a day it is the first.
 */
final class RosterDates {

	private static final Pattern PARTED = Pattern
		.compile("(\\d{4})[-/.年](\\d{1,2})(?:[-/.月](\\d{1,2})?日?)?(?:[ T]\\d{1,2}:\\d{2}.*)?");

	private static final Pattern WHOLE = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})?");

	private static final Pattern DAY_NUMBER = Pattern.compile("\\d{4,5}");

	/** Day 0 of spreadsheets, as if 1900 had been a leap year. */
	private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);

	/** The Party's founding; a day number below would read as a year. */
	private static final LocalDate EARLIEST = LocalDate.of(1921, 7, 1);

	private RosterDates() {
	}

	static Optional<LocalDate> parse(String typed, LocalDate today) {
		String plain = Normalizer.normalize(typed, Normalizer.Form.NFKC).strip();
		return read(plain).filter((date) -> !date.isBefore(EARLIEST) && !date.isAfter(today));
	}

	private static Optional<LocalDate> read(String plain) {
		Matcher parted = PARTED.matcher(plain);
		if (parted.matches()) {
			return date(parted);
		}
		Matcher whole = WHOLE.matcher(plain);
		if (whole.matches()) {
			return date(whole);
		}
		return DAY_NUMBER.matcher(plain).matches() ? Optional.of(DAY_ZERO.plusDays(Integer.parseInt(plain)))
				: Optional.empty();
	}

	private static Optional<LocalDate> date(Matcher parts) {
		String day = parts.group(3);
		try {
			return Optional.of(LocalDate.of(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)),
					(day != null) ? Integer.parseInt(day) : 1));
		}
		catch (DateTimeException ex) {
			return Optional.empty();
		}
	}

}
