package cn.qingfeng.quiz.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Options that stand in one text behind their letters: {@code A. 警告  B、记过  (C) 降级}.
 */
final class Lettered {

	private static final Pattern LETTER = Pattern
		.compile("(?:^|(?<=[\\s　；;。，,）)]))[（(]?([A-JＡ-Ｊ])(?:[.．、:：]|[）)])\\s*");

	private Lettered() {
	}

	/** Whether a line begins with a letter of an option. */
	static boolean beginsIn(String line) {
		Matcher letter = LETTER.matcher(line);
		return letter.lookingAt();
	}

	/**
	 * The options behind their letters, which must begin with the given one and follow
	 * each other; other letters belong to the text.
	 */
	static List<String> split(String text, int first) {
		List<String> options = new ArrayList<>();
		Matcher letter = LETTER.matcher(text);
		int begin = -1;
		while (letter.find()) {
			if (position(letter.group(1).charAt(0)) == first + options.size() + ((begin < 0) ? 0 : 1)) {
				if (begin >= 0) {
					options.add(text.substring(begin, letter.start()).strip());
				}
				begin = letter.end();
			}
		}
		if (begin >= 0) {
			options.add(text.substring(begin).strip());
		}
		return options;
	}

	private static int position(char letter) {
		return (letter >= 'Ａ') ? letter - 'Ａ' : letter - 'A';
	}

}
