package cn.qingfeng.quiz.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import cn.qingfeng.platform.sheet.SheetCell;
import cn.qingfeng.platform.sheet.SheetReader;
import cn.qingfeng.platform.sheet.SheetRow;
import org.apache.commons.csv.CSVFormat;

/**
 * The formats of question files.
 */
enum QuestionFileFormat {

	XLSX, CSV, TXT, AIKEN, DOCX, GIFT, XML, QTI, QTI_ITEM;

	private static final Charset CHINESE = Charset.forName("GB18030");

	/** Whatever Chinese Excel makes of a file with this mark, it shows the characters. */
	private static final String BYTE_ORDER_MARK = "\uFEFF";

	/**
	 * By the ending of the name, Aiken by its lines and QTI by its root; empty for what
	 * is none.
	 */
	static Optional<QuestionFileFormat> of(String fileName, byte[] file) {
		String name = fileName.toLowerCase(Locale.ROOT);
		return switch (name.substring(name.lastIndexOf('.') + 1)) {
			case "xlsx" -> Optional.of(XLSX);
			case "csv" -> Optional.of(CSV);
			case "gift" -> Optional.of(GIFT);
			case "docx" -> Optional.of(DOCX);
			case "zip" -> Optional.of(QTI);
			case "xml" -> Optional.of(text(file).contains("assessmentItem") ? QTI_ITEM : XML);
			case "txt" -> Optional.of(text(file).contains("\nANSWER:") ? AIKEN : TXT);
			default -> Optional.empty();
		};
	}

	ReadFile read(byte[] file) {
		return switch (this) {
			case XLSX, CSV -> QuestionTable.read(table(file));
			case TXT -> TextLayout.read(text(file).lines().toList());
			case AIKEN -> Aiken.read(text(file).lines().toList());
			case GIFT -> Gift.read(text(file).lines().toList());
			case DOCX -> WordText.lines(file)
				.map(TextLayout::read)
				.orElseGet(() -> ReadFile.unreadable("这不是完整的 docx 文件，或者展开后过大；旧的 doc 文件请在 Word 里另存为 docx"));
			case XML -> MoodleXml.read(file);
			case QTI -> QtiPackage.read(file);
			case QTI_ITEM -> ReadFile.of(1, () -> QtiItem.read(1, file));
		};
	}

	byte[] write(List<DraftQuestion> questions) {
		return switch (this) {
			case QTI -> QtiPackage.write(questions);
			case CSV -> utf8(BYTE_ORDER_MARK + csv(QuestionTable.write(questions)));
			case GIFT -> utf8(Gift.write(questions));
			case XML -> utf8(MoodleXml.write(questions));
			case XLSX, TXT, AIKEN, DOCX, QTI_ITEM -> throw new IllegalArgumentException(this + " is only read");
		};
	}

	String ending() {
		return (this == QTI) ? "zip" : name().toLowerCase(Locale.ROOT);
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] file) {
		return decoded(file).replaceFirst("^" + BYTE_ORDER_MARK, "").replace("\r\n", "\n").replace('\r', '\n');
	}

	private static String decoded(byte[] file) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
		}
		catch (CharacterCodingException ex) {
			return new String(file, CHINESE);
		}
	}

	private static List<TableRow> table(byte[] file) {
		return SheetReader.rows(file).stream().map(QuestionFileFormat::row).toList();
	}

	private static TableRow row(SheetRow row) {
		return new TableRow(row.number(), row.cells().stream().map(SheetCell::text).toList());
	}

	private static String csv(List<List<String>> rows) {
		return rows.stream()
			.map((row) -> CSVFormat.EXCEL.format(row.stream().map(QuestionFileFormat::harmless).toArray()))
			.collect(Collectors.joining("\r\n", "", "\r\n"));
	}

	/**
	 * A cell that a spreadsheet would compute gets a space before it, which reading
	 * drops.
	 */
	private static String harmless(String cell) {
		return (!cell.isEmpty() && "=+-@\t".indexOf(cell.charAt(0)) >= 0) ? " " + cell : cell;
	}

}
