package cn.qingfeng.platform.sheet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SheetWriterTests {

	private static final List<String> HEAD = List.of("姓名", "成绩");

	@ParameterizedTest
	@EnumSource(SheetFormat.class)
	void whatIsWrittenIsReadBack(SheetFormat format) {
		SheetWriter writer = SheetWriter.of(format, "成绩", HEAD);
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		file.writeBytes(writer.rows(List.of(Arrays.asList("王\"小,\n明", 95), Arrays.asList(null, 60))));
		file.writeBytes(writer.rows(List.of(List.of("李雷", 7))));
		file.writeBytes(writer.end());
		List<List<String>> read = read(file.toByteArray());
		assertThat(read).hasSize(4);
		assertThat(read.get(0)).isEqualTo(HEAD);
		assertThat(read.get(1)).containsExactly("王\"小,\n明", "95");
		assertThat(read.get(2)).containsExactly("", "60");
		assertThat(read.get(3)).containsExactly("李雷", "7");
	}

	@ParameterizedTest
	@EnumSource(SheetFormat.class)
	void aTableWithoutLinesHasItsHead(SheetFormat format) {
		SheetWriter writer = SheetWriter.of(format, "成绩", HEAD);
		assertThat(read(writer.end())).containsExactly(HEAD);
	}

	@ParameterizedTest
	@ValueSource(strings = { "=1+1", "+86", "-1", "@x", "\tx", "\rx" })
	void whatBeginsLikeAFormulaIsText(String text) {
		for (SheetFormat format : SheetFormat.values()) {
			SheetWriter writer = SheetWriter.of(format, "成绩", List.of("姓名"));
			ByteArrayOutputStream file = new ByteArrayOutputStream();
			file.writeBytes(writer.rows(List.of(List.of(text))));
			file.writeBytes(writer.end());
			assertThat(read(file.toByteArray()).get(1).getFirst()).startsWith("'");
		}
	}

	/** The pieces leave as they come: none is kept until the end. */
	@Test
	void aLongWorkbookLeavesPieceByPiece() {
		SheetWriter writer = SheetWriter.of(SheetFormat.XLSX, "成绩", HEAD);
		List<Integer> pieces = new ArrayList<>();
		for (int piece = 0; piece < 40; piece++) {
			int from = piece * 500;
			pieces.add(writer.rows(
					IntStream.range(from, from + 500).mapToObj((n) -> List.<Object>of(digits(n), n)).toList()).length);
		}
		int last = writer.end().length;
		assertThat(pieces.stream().mapToInt(Integer::intValue).sum()).isGreaterThan(20 * last);
	}

	private static String digits(int n) {
		return new java.util.Random(n).ints(40, 'a', 'z')
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	private static List<List<String>> read(byte[] file) {
		List<SheetRow> rows = Workbooks.isWorkbook(file) ? Workbooks.rows(file) : CommaText.rows(file);
		assertThat(new String(file, StandardCharsets.UTF_8)).isNotEmpty();
		return rows.stream().map((row) -> row.cells().stream().map(SheetCell::text).toList()).toList();
	}

}
