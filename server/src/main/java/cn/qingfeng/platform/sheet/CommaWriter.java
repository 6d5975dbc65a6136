package cn.qingfeng.platform.sheet;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Text with commas.
 */
final class CommaWriter implements SheetWriter {

	private static final byte[] NOTHING = {};

	private String begin;

	CommaWriter(List<String> head) {
		this.begin = "\ufeff" + line(head);
	}

	@Override
	public byte[] rows(List<? extends List<? extends @Nullable Object>> rows) {
		String lines = this.begin + rows.stream().map(CommaWriter::line).collect(Collectors.joining());
		this.begin = "";
		return lines.getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public byte[] end() {
		return this.begin.isEmpty() ? NOTHING : rows(List.of());
	}

	private static String line(List<? extends @Nullable Object> values) {
		return values.stream().map(CommaWriter::cell).collect(Collectors.joining(",", "", "\r\n"));
	}

	private static String cell(@Nullable Object value) {
		if (value == null || value instanceof Number) {
			return (value != null) ? value.toString() : "";
		}
		return "\"" + SheetWriter.harmless(value.toString()).replace("\"", "\"\"") + "\"";
	}

}
