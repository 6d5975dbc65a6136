package cn.qingfeng.platform.sheet;

import java.math.BigDecimal;

/**
 * What stands in a cell.
 *
 * @param text as written, empty when there is nothing
 * @param rounded whether it is a number of more digits than spreadsheets keep, so that
 * the last of them are lost
 */
public record SheetCell(String text, boolean rounded) {

	public static final SheetCell EMPTY = new SheetCell("", false);

	/** Spreadsheets calculate with 15 digits; what they store beyond is invented. */
	private static final int DIGITS = 15;

	static SheetCell text(String text) {
		return new SheetCell(text.strip(), false);
	}

	/** A number is read by its digits and never by way of a double. */
	static SheetCell number(String raw) {
		BigDecimal number = new BigDecimal(raw);
		if (Math.abs(number.scale()) > 2 * DIGITS) {
			return new SheetCell(raw, true);
		}
		boolean rounded = number.abs().compareTo(BigDecimal.TEN.pow(DIGITS)) >= 0;
		return new SheetCell(rounded ? raw : number.stripTrailingZeros().toPlainString(), rounded);
	}

	boolean isEmpty() {
		return this.text.isEmpty();
	}

}
