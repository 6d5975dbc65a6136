package cn.qingfeng.quiz.bank;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The key of a question whose answer is written.
 *
 * @param kind {@code FILL_IN} or {@code SHORT}
 * @param parts blanks in order, or keywords in any
 */
public record Written(QuestionKind kind, List<Part> parts) {

	/** Of a faultless answer; parts of it are dropped below a thousandth. */
	public static final int FULL_CREDIT = 1_000;

	private static final Pattern UNSEEN = Pattern.compile("[\\s\\p{Z}\\p{Cf}]+");

	private static final Pattern LINE = Pattern.compile("\n");

	public Written {
		if (!kind.isWritten()) {
			throw new IllegalArgumentException(kind + " has options");
		}
		parts = List.copyOf(parts);
	}

	/** How many lines the answer has. */
	public int blanks() {
		return (this.kind == QuestionKind.FILL_IN) ? this.parts.size() : 1;
	}

	/**
	 * Grades an answer in proportion to the weights of the parts that it has.
	 * @param text with a line for each blank, or anything when it is short
	 * @return thousandths
	 */
	public int credit(String text) {
		int found = switch (this.kind) {
			case FILL_IN -> filled(LINE.split(text, -1));
			case SHORT -> mentioned(plain(text));
			default -> throw new IllegalStateException(this.kind + " has options");
		};
		return FULL_CREDIT * found / this.parts.stream().mapToInt(Part::weight).sum();
	}

	/** Thousandths as people read them; fractions are dropped. */
	public static int percent(int credit) {
		return 100 * credit / FULL_CREDIT;
	}

	private int filled(String[] blanks) {
		return IntStream.range(0, Math.min(blanks.length, this.parts.size()))
			.filter((i) -> isAny(this.parts.get(i), plain(blanks[i])::equals))
			.map((i) -> this.parts.get(i).weight())
			.sum();
	}

	private int mentioned(String text) {
		return this.parts.stream().filter((part) -> isAny(part, text::contains)).mapToInt(Part::weight).sum();
	}

	private static boolean isAny(Part part, Predicate<String> test) {
		return part.accepted().stream().map(Written::plain).anyMatch(test);
	}

	/**
	 * Without spaces, with letters of one width and case: what people mean alike is
	 * alike.
	 */
	static String plain(String text) {
		String narrow = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
		return UNSEEN.matcher(narrow).replaceAll("");
	}

	@Override
	public String toString() {
		return "Written[sealed]";
	}

}
