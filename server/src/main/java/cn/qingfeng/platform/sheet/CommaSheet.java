package cn.qingfeng.platform.sheet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/**
 * Text with commas in UTF-8, with the byte order mark by which spreadsheets know it.
 */
final class CommaSheet implements GrowingSheet {

	private static final CSVFormat FORMAT = CSVFormat.EXCEL.builder().setQuoteMode(QuoteMode.ALL).get();

	/** Spreadsheets would round such a number, as that of an identity card. */
	private static final Pattern LONG_NUMBER = Pattern.compile("\\d{12,}");

	private boolean begun;

	@Override
	public byte[] add(List<? extends List<?>> rows) throws IOException {
		StringBuilder text = new StringBuilder(this.begun ? "" : "\ufeff");
		this.begun = true;
		try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
			for (List<?> row : rows) {
				printer.printRecord(row.stream().map(CommaSheet::cell).toList());
			}
		}
		return text.toString().getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public byte[] end() {
		return new byte[0];
	}

	/** A tab makes it text; readers strip it. */
	private static Object cell(Object cell) {
		if (cell instanceof Number) {
			return cell;
		}
		String text = cell.toString();
		return LONG_NUMBER.matcher(text).matches() ? "\t" + text : HarmlessText.of(text);
	}

}
