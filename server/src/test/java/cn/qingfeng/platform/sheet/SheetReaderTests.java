package cn.qingfeng.platform.sheet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import cn.qingfeng.platform.problem.Problem;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SheetReaderTests {

	private static final String SHEET = "xl/worksheets/sheet1.xml";

	@Test
	void numbersAreReadByTheirDigits() throws IOException {
		SheetRow row = SheetReader.rows(workbook(13_812_345_678L, 370_602_195_001_010_012L, 35_977)).getFirst();
		assertThat(row.cell(0)).isEqualTo(new SheetCell("13812345678", false));
		assertThat(row.cell(1).rounded()).isTrue();
		assertThat(row.cell(2).text()).isEqualTo("35977");
	}

	@Test
	void aNumberInScientificNotationIsRoundedOnlyBeyondFifteenDigits() {
		assertThat(SheetCell.number("1.3812345678E10")).isEqualTo(new SheetCell("13812345678", false));
		assertThat(SheetCell.number("3.7060219500101E17").rounded()).isTrue();
		assertThat(SheetCell.number("1E999999999").rounded()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-8", "GBK" })
	void textIsReadInBothEncodings(String charset) {
		byte[] bytes = "姓名,单位\r\n王小明,\"市审计局\"\r\n".getBytes(Charset.forName(charset));
		assertThat(SheetReader.rows(bytes)).extracting((row) -> row.cell(1).text()).containsExactly("单位", "市审计局");
	}

	@Test
	void aByteOrderMarkIsNoPartOfTheFirstHeader() {
		assertThat(SheetReader.rows("\ufeff姓名\t手机".getBytes(StandardCharsets.UTF_8)).getFirst().cell(0).text())
			.isEqualTo("姓名");
	}

	@Test
	void rowsKeepTheNumbersOfTheSpreadsheet() {
		assertThat(SheetReader.rows("a\n\n\nb\n".getBytes(StandardCharsets.UTF_8))).extracting(SheetRow::number)
			.containsExactly(1, 4);
	}

	@Test
	void anEmptyFileHasNoRows() {
		assertThat(SheetReader.rows(new byte[0])).isEmpty();
	}

	@Test
	void aWorkbookThatUnfoldsToGigabytesIsRefused() throws IOException {
		assertRefused(archive(SHEET, "<worksheet><sheetData>", "<row><c><v>1</v></c></row>", 20_000_000), "展开后过大");
	}

	@Test
	void sharedTextsThatUnfoldAreRefused() throws IOException {
		assertRefused(archive("xl/sharedStrings.xml", "<sst>", "<si><t>x</t></si>", 10_000_000), "展开后过大");
	}

	@Test
	void aCellFarToTheRightIsRefused() throws IOException {
		assertRefused(archive(SHEET, "<worksheet><sheetData><row r=\"1\">", "<c r=\"ZZZZZZ1\"><v>1</v></c>", 1),
				"列数过多");
	}

	@Test
	void aMillionEmptyRowsAreRefused() throws IOException {
		assertRefused(archive(SHEET, "<worksheet><sheetData>", "<row/>", 1_000_000), "超过 20000 行");
	}

	@Test
	void entitiesAreNotUnfolded() throws IOException {
		assertRefused(archive(SHEET, """
				<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
				<worksheet><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>""",
				"", 0), "无法读取");
	}

	@Test
	void manyPartsAreRefused() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			for (int i = 0; i < 5_000; i++) {
				zip.putNextEntry(new ZipEntry("part" + i));
				zip.closeEntry();
			}
		}
		assertRefused(bytes.toByteArray(), "组成部分过多");
	}

	@Test
	void whatIsNoTableIsRefused() {
		assertRefused(new byte[] { 'P', 'K', 3, 4, 0, 0, 0, 0 }, "无法读取");
		assertRefused(new byte[] { 0, 1, 2, 3 }, "xlsx 或 csv");
		assertRefused(",".repeat(1_000).getBytes(StandardCharsets.UTF_8), "超过 100 列");
	}

	private static void assertRefused(byte[] bytes, String why) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> SheetReader.rows(bytes))
			.satisfies((problem) -> assertThat(problem.members().toString()).contains(why));
	}

	private static byte[] workbook(Number... numbers) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (Workbook workbook = new Workbook(bytes, "test", "1.0")) {
			Worksheet sheet = workbook.newWorksheet("名册");
			for (int i = 0; i < numbers.length; i++) {
				sheet.value(0, i, numbers[i]);
			}
		}
		return bytes.toByteArray();
	}

	/** A workbook of which one part begins so and goes on with many times the same. */
	private static byte[] archive(String part, String beginning, String repeated, int times) throws IOException {
		String main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
		String relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
		String files = "http://schemas.openxmlformats.org/package/2006/";
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			put(zip, "[Content_Types].xml",
					("<Types xmlns='%scontent-types'><Override PartName='/xl/workbook.xml' ContentType="
							+ "'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/></Types>")
						.formatted(files));
			put(zip, "xl/workbook.xml",
					"<workbook xmlns='%s' xmlns:r='%s'><sheets><sheet name='a' sheetId='1' r:id='r1'/></sheets></workbook>"
						.formatted(main, relations));
			put(zip, "xl/_rels/workbook.xml.rels",
					"<Relationships xmlns='%srelationships'><Relationship Id='r1' Type='%s/worksheet' Target='%s'/></Relationships>"
						.formatted(files, relations, "worksheets/sheet1.xml"));
			zip.putNextEntry(new ZipEntry(part));
			zip.write(beginning.getBytes(StandardCharsets.UTF_8));
			byte[] block = repeated.repeat(Math.min(times, 1_000)).getBytes(StandardCharsets.UTF_8);
			for (int i = 0; i < Math.max(1, times / 1_000); i++) {
				zip.write(block);
			}
			zip.closeEntry();
		}
		return bytes.toByteArray();
	}

	private static void put(ZipOutputStream zip, String name, String text) throws IOException {
		zip.putNextEntry(new ZipEntry(name));
		zip.write(text.getBytes(StandardCharsets.UTF_8));
		zip.closeEntry();
	}

}
