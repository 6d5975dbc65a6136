package cn.qingfeng.quiz.exchange;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * The formats of question files.
 */
enum QuestionFileFormat {

	CSV, TXT, AIKEN, GIFT, XML;

	private static final Charset CHINESE = Charset.forName("GB18030");

	/** Whatever Chinese Excel makes of a file with this mark, it shows the characters. */
	private static final String BYTE_ORDER_MARK = "\uFEFF";

	/** By the ending of the name, and Aiken by its lines; empty for what is none. */
	static Optional<QuestionFileFormat> of(String fileName, byte[] file) {
		String name = fileName.toLowerCase(Locale.ROOT);
		return switch (name.substring(name.lastIndexOf('.') + 1)) {
			case "csv" -> Optional.of(CSV);
			case "gift" -> Optional.of(GIFT);
			case "xml" -> Optional.of(XML);
			case "txt" -> Optional.of(text(file).contains("\nANSWER:") ? AIKEN : TXT);
			default -> Optional.empty();
		};
	}

	ReadFile read(byte[] file) {
		return switch (this) {
			case CSV -> QuestionTable.read(table(text(file)));
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
			case TXT, AIKEN -> throw new IllegalArgumentException(this + " holds less than a question");
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

	private static List<List<String>> table(String text) {
		char delimiter = text.lines().findFirst().filter((line) -> line.contains("\t")).isPresent() ? '\t' : ',';
		CSVFormat format = CSVFormat.DEFAULT.builder().setDelimiter(delimiter).setIgnoreEmptyLines(false).get();
		try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
			return parser.stream().map((row) -> row.toList()).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (UncheckedIOException | IllegalStateException ex) {
			return List.of();
		}
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
