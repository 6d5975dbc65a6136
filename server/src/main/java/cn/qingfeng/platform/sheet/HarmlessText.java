package cn.qingfeng.platform.sheet;

import java.util.regex.Pattern;

/**
 * Keeps spreadsheets from calculating with what somebody typed.
 */
final class HarmlessText {

	/** Also in the wide form of Chinese keyboards. */
	private static final Pattern FORMULA = Pattern.compile("[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20]");

	private HarmlessText() {
	}

	/** Behind an apostrophe nothing is a formula, in whatever form it is saved next. */
	static String of(String text) {
		return FORMULA.matcher(text).lookingAt() ? "'" + text : text;
	}

}
