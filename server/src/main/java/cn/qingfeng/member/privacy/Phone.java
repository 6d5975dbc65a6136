package cn.qingfeng.member.privacy;

import java.text.Normalizer;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A mobile number of mainland China in its one form: eleven digits.
 *
 * @param digits eleven of them
 */
public record Phone(String digits) {

	private static final Pattern VALID = Pattern.compile("1[3-9]\\d{9}");

	private static final Pattern FILLING = Pattern.compile("[\\s()./_-]");

	private static final Pattern COUNTRY_CODE = Pattern.compile("^(?:\\+|00)?86(?=1\\d{10}$)");

	public Phone {
		if (!VALID.matcher(digits).matches()) {
			throw new IllegalArgumentException("not a mobile number");
		}
	}

	/**
	 * Reads a number as people and tables write it: full-width digits, blanks, hyphens, a
	 * country code.
	 * @param typed any text
	 */
	public static Optional<Phone> parse(String typed) {
		String plain = Normalizer.normalize(typed, Normalizer.Form.NFKC);
		String bare = COUNTRY_CODE.matcher(FILLING.matcher(plain).replaceAll("")).replaceFirst("");
		return VALID.matcher(bare).matches() ? Optional.of(new Phone(bare)) : Optional.empty();
	}

	/** {@code 130****0001}. */
	public String masked() {
		return this.digits.substring(0, 3) + "****" + this.digits.substring(7);
	}

	public SealedText seal(PersonalData data, UUID memberId) {
		return data.seal(this.digits, "member.phone:" + memberId);
	}

	public byte[] index(PersonalData data) {
		return data.hash("member.phone", this.digits);
	}

	@Override
	public String toString() {
		return masked();
	}

}
