package cn.qingfeng.quiz.exchange;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How people write answers: {@code ABD}, {@code A、B、D}, full-width {@code ＡＢＤ},
 * {@code 对}, {@code √}.
 */
final class AnswerNotation {

	private static final Pattern BETWEEN = Pattern.compile("[\\s,;/|.·、]+");

	private static final Pattern LETTERS = Pattern.compile("[A-J]{1,10}");

	private static final Map<String, Boolean> JUDGEMENTS = Map.ofEntries(Map.entry("对", true), Map.entry("正确", true),
			Map.entry("是", true), Map.entry("√", true), Map.entry("✓", true), Map.entry("✔", true),
			Map.entry("T", true), Map.entry("TRUE", true), Map.entry("Y", true), Map.entry("错", false),
			Map.entry("错误", false), Map.entry("不正确", false), Map.entry("否", false), Map.entry("×", false),
			Map.entry("X", false), Map.entry("✗", false), Map.entry("✘", false), Map.entry("F", false),
			Map.entry("FALSE", false), Map.entry("N", false));

	private AnswerNotation() {
	}

	/** Positions of the letters, ascending; empty when these are no letters. */
	static Optional<List<Integer>> letters(String answer) {
		String letters = BETWEEN.matcher(plain(answer)).replaceAll("");
		return LETTERS.matcher(letters).matches()
				? Optional.of(letters.chars().map((letter) -> letter - 'A').sorted().distinct().boxed().toList())
				: Optional.empty();
	}

	/** Whether a statement is said to be true; empty when this is no judgement. */
	static Optional<Boolean> judgement(String answer) {
		return Optional.ofNullable(JUDGEMENTS.get(plain(answer)));
	}

	/** Full-width letters, digits and signs become usual ones; letters become large. */
	private static String plain(String text) {
		return Normalizer.normalize(text, Normalizer.Form.NFKC).strip().toUpperCase(Locale.ROOT);
	}

}
