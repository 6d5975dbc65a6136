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

	XLSX, CSV, TXT, AIKEN, GIFT, XML;

	private static final Charset CHINESE = Charset.forName("GB18030");

	/** Whatever Chinese Excel makes of a file with this mark, it shows the characters. */
	private static final String BYTE_ORDER_MARK = "\uFEFF";

	/** By the ending of the name, and Aiken by its lines; empty for what is none. */
	static Optional<QuestionFileFormat> of(String fileName, byte[] file) {
		String name = fileName.toLowerCase(Locale.ROOT);
		return switch (name.substring(name.lastIndexOf('.') + 1)) {
			case "xlsx" -> Optional.of(XLSX);
			case "csv" -> Optional.of(CSV);
			case "gift" -> Optional.of(GIFT);
			case "xml" -> Optional.of(XML);
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
			case XML -> MoodleXml.read(file);
		};
	}

	byte[] write(List<DraftQuestion> questions) {
		String text = switch (this) {
			case CSV -> BYTE_ORDER_MARK + csv(QuestionTable.write(questions));
			case GIFT -> Gift.write(questions);
			case XML -> MoodleXml.write(questions);
			case XLSX, TXT, AIKEN -> throw new IllegalArgumentException(this + " is only read");
		};
		return text.getBytes(StandardCharsets.UTF_8);
	}

	String ending() {
		return name().toLowerCase(Locale.ROOT);
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
