package cn.qingfeng.member.roster;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * A person's name in the form in which it is stored and compared: without the blanks that
 * tables put into short names, and with one kind of dot in names of minorities.
 *
 * @param value the canonical form
 */
public record PersonName(String value) {

	private static final Pattern BLANKS = Pattern.compile("[\\s\\u200b\\ufeff]+");

	private static final Pattern DOTS = Pattern.compile("[\\u2022\\u2027\\u30fb\\uff0e\\u2219\\u22c5.]");

	public static PersonName of(String typed) {
		String plain = BLANKS.matcher(Normalizer.normalize(typed, Normalizer.Form.NFKC)).replaceAll("");
		return new PersonName(DOTS.matcher(plain).replaceAll("\u00b7"));
	}

	/** The first and, of three characters or more, the last: {@code 王*}, {@code 欧*明}. */
	public String masked() {
		int length = this.value.codePointCount(0, this.value.length());
		int[] characters = this.value.codePoints().toArray();
		return (length < 3) ? Character.toString(characters[0]) + "*" : Character.toString(characters[0])
				+ "*".repeat(length - 2) + Character.toString(characters[length - 1]);
	}

	@Override
	public String toString() {
		return "PersonName[***]";
	}

}
