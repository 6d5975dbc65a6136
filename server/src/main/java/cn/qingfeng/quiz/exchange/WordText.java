package cn.qingfeng.quiz.exchange;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.poi.xwpf.usermodel.IBodyElement;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines of a Word document as they look on paper: what Word numbers by itself gets
 * its number here.
 */
final class WordText {

	private static final Logger log = LoggerFactory.getLogger(WordText.class);

	/** Two thousand questions as Word writes them. */
	private static final int MOST_XML = 12 * 1024 * 1024;

	private static final int LEVELS = 9;

	private static final String[] CHINESE = { "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九" };

	private final Map<BigInteger, int[]> counters = new HashMap<>();

	private WordText() {
	}

	/** Empty for what Word cannot have written. */
	static Optional<List<String>> lines(byte[] docx) {
		if (!isModest(docx)) {
			return Optional.empty();
		}
		try (XWPFDocument document = new XWPFDocument(new ByteArrayInputStream(docx))) {
			WordText text = new WordText();
			return Optional.of(document.getBodyElements().stream().flatMap(text::lines).toList());
		}
		catch (IOException | RuntimeException ex) {
			log.info("a Word document cannot be read: {}", ex.toString());
			return Optional.empty();
		}
	}

	/** The reader takes some ten times the size of the XML; pictures stay as they are. */
	private static boolean isModest(byte[] docx) {
		return Archive.unfold(docx)
			.filter((files) -> files.entrySet()
				.stream()
				.filter((file) -> file.getKey().endsWith(".xml"))
				.mapToInt((file) -> file.getValue().length)
				.sum() <= MOST_XML)
			.isPresent();
	}

	private Stream<String> lines(IBodyElement element) {
		return switch (element) {
			case XWPFParagraph paragraph -> lines(paragraph);
			case XWPFTable table -> table.getRows()
				.stream()
				.flatMap((row) -> row.getTableCells().stream())
				.flatMap((cell) -> cell.getBodyElements().stream())
				.flatMap(this::lines);
			default -> Stream.empty();
		};
	}

	/** A break inside of a paragraph ends a line too. */
	private Stream<String> lines(XWPFParagraph paragraph) {
		return (number(paragraph) + paragraph.getText()).lines();
	}

	private String number(XWPFParagraph paragraph) {
		BigInteger list = paragraph.getNumID();
		String pattern = paragraph.getNumLevelText();
		if (list == null || pattern == null || "bullet".equals(paragraph.getNumFmt())) {
			return "";
		}
		int level = Math.min(Objects.requireNonNullElse(paragraph.getNumIlvl(), BigInteger.ZERO).intValue(),
				LEVELS - 1);
		int[] counts = this.counters.computeIfAbsent(list, (id) -> new int[LEVELS]);
		counts[level]++;
		for (int deeper = level + 1; deeper < LEVELS; deeper++) {
			counts[deeper] = 0;
		}
		return filled(pattern, counts, level, paragraph.getNumFmt()) + " ";
	}

	/** {@code %2} stands for the count of the second level. */
	private static String filled(String pattern, int[] counts, int level, @Nullable String format) {
		String filled = pattern;
		for (int i = 0; i <= level; i++) {
			String count = (i == level) ? written(counts[i], format) : String.valueOf(Math.max(1, counts[i]));
			filled = filled.replace("%" + (i + 1), count);
		}
		return filled;
	}

	private static String written(int count, @Nullable String format) {
		return switch (Objects.requireNonNullElse(format, "decimal")) {
			case "upperLetter" -> letter('A', count);
			case "lowerLetter" -> letter('a', count);
			case "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting" -> chinese(count);
			default -> String.valueOf(count);
		};
	}

	private static String letter(char first, int count) {
		return String.valueOf((char) (first + (count - 1) % 26));
	}

	private static String chinese(int count) {
		if (count >= 100) {
			return String.valueOf(count);
		}
		List<String> signs = new ArrayList<>();
		if (count >= 10) {
			signs.add(((count >= 20) ? CHINESE[count / 10] : "") + "十");
		}
		if (count % 10 != 0) {
			signs.add(CHINESE[count % 10]);
		}
		return String.join("", signs);
	}

}
