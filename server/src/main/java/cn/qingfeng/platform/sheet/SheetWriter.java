package cn.qingfeng.platform.sheet;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Writes a table piece by piece, so that it takes the memory of a piece however long it
 * is. What begins like a formula is written as text with an apostrophe before it.
 */
public sealed interface SheetWriter permits CommaWriter, WorkbookWriter {

	/**
	 * A table.
	 * @param format of the file
	 * @param name of the sheet, where the format has one
	 * @param head names of the columns
	 * @return to be ended
	 */
	static SheetWriter of(SheetFormat format, String name, List<String> head) {
		return switch (format) {
			case CSV -> new CommaWriter(head);
			case XLSX -> new WorkbookWriter(name, head);
		};
	}

	/**
	 * Writes lines.
	 * @param rows values in the order of the columns: texts, numbers, or null for nothing
	 * @return what is ready of the file; perhaps nothing
	 */
	byte[] rows(List<? extends List<? extends @Nullable Object>> rows);

	/** The rest of the file. */
	byte[] end();

	/** Text that no spreadsheet takes for a formula. */
	static String harmless(String text) {
		return text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
	}

}
