package cn.qingfeng.platform.sheet;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Text with commas, semicolons or tabs, in UTF-8 or, as Chinese Excel saves it, GBK.
 */
final class CommaText {

	/** Knows all of GBK and more. */
	private static final Charset CHINESE = Charset.forName("GB18030");

	/** A line of nothing but commas takes twenty times its size in memory. */
	private static final int MOST_BYTES = 4 * 1024 * 1024;

	private CommaText() {
	}

	static List<SheetRow> rows(byte[] bytes) {
		if (bytes.length > MOST_BYTES) {
			throw SheetLimits.refused("csv 文件超过 4 MB，请拆成几个文件");
		}
		String text = Stream.of(StandardCharsets.UTF_8, CHINESE)
			.map((charset) -> decoded(bytes, charset))
			.flatMap(Optional::stream)
			.findFirst()
			.filter((decoded) -> decoded.indexOf('\0') < 0)
			.orElseThrow(() -> SheetLimits.refused("只能读取 xlsx 或 csv 文件"));
		return parsed(text.startsWith("\ufeff") ? text.substring(1) : text);
	}

	private static Optional<String> decoded(byte[] bytes, Charset charset) {
		try {
			return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
		}
		catch (CharacterCodingException ex) {
			return Optional.empty();
		}
	}

	private static List<SheetRow> parsed(String text) {
		SheetLimits limits = new SheetLimits();
		CSVFormat format = CSVFormat.DEFAULT.builder().setDelimiter(delimiter(text)).setIgnoreEmptyLines(false).get();
		try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
			for (CSVRecord line : parser) {
				limits.add(new SheetRow((int) line.getRecordNumber(), line.stream().map(SheetCell::text).toList()));
			}
		}
		catch (IOException | UncheckedIOException ex) {
			throw SheetLimits.refused("csv 文件的引号不成对，无法读取");
		}
		return limits.rows();
	}

	private static char delimiter(String text) {
		String first = text.lines().filter((line) -> !line.isBlank()).findFirst().orElse("");
		return Stream.of(',', '\t', ';').filter((mark) -> first.indexOf(mark) >= 0).findFirst().orElse(',');
	}

}
