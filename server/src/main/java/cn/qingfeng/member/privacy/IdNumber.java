package cn.qingfeng.member.privacy;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A citizen identity number (GB 11643) in its one form: 17 digits and a check digit. The
 * old form of 15 digits is turned into it.
 *
 * @param digits 18 characters, the last may be X
 */
public record IdNumber(String digits) {

	private static final Pattern NEW = Pattern.compile("[1-9]\\d{16}[\\dX]");

	private static final Pattern OLD = Pattern.compile("[1-9]\\d{14}");

	private static final Pattern FILLING = Pattern.compile("[\\s\\u200b\\ufeff'-]");

	private static final DateTimeFormatter BIRTHDAY = DateTimeFormatter.ofPattern("uuuuMMdd")
		.withResolverStyle(ResolverStyle.STRICT);

	private static final int[] WEIGHTS = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };

	private static final String CHECK_DIGITS = "10X98765432";

	public IdNumber {
		if (!isValid(digits)) {
			throw new IllegalArgumentException("not an identity number");
		}
	}

	/**
	 * Reads a number as people and tables write it: full-width digits, blanks, a small x,
	 * 15 digits.
	 * @param typed any text
	 * @return empty when the form, the birthday or the check digit is wrong
	 */
	public static Optional<IdNumber> parse(String typed) {
		String plain = FILLING.matcher(Normalizer.normalize(typed, Normalizer.Form.NFKC))
			.replaceAll("")
			.toUpperCase(Locale.ROOT);
		String whole = OLD.matcher(plain).matches() ? lengthened(plain) : plain;
		return isValid(whole) ? Optional.of(new IdNumber(whole)) : Optional.empty();
	}

	/** {@code 370***********1234}. */
	public String masked() {
		return this.digits.substring(0, 3) + "*".repeat(11) + this.digits.substring(14);
	}

	public SealedText seal(PersonalData data, UUID memberId) {
		return data.seal(this.digits, "member.id:" + memberId);
	}

	public byte[] index(PersonalData data) {
		return data.hash("member.id-number", this.digits);
	}

	@Override
	public String toString() {
		return masked();
	}

	private static boolean isValid(String digits) {
		return NEW.matcher(digits).matches() && isDate(digits.substring(6, 14))
				&& digits.charAt(17) == checkDigit(digits);
	}

	private static String lengthened(String old) {
		String body = old.substring(0, 6) + "19" + old.substring(6);
		return body + checkDigit(body);
	}

	private static char checkDigit(String digits) {
		int sum = 0;
		for (int i = 0; i < WEIGHTS.length; i++) {
			sum += (digits.charAt(i) - '0') * WEIGHTS[i];
		}
		return CHECK_DIGITS.charAt(sum % 11);
	}

	private static boolean isDate(String digits) {
		try {
			LocalDate.parse(digits, BIRTHDAY);
			return true;
		}
		catch (DateTimeException ex) {
			return false;
		}
	}

}
