package cn.qingfeng.content.article;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words by which a Chinese text is found: every pair of neighbouring characters,
 * since Chinese has no spaces and most of its words have two characters; a word in Latin
 * letters or digits is one. A search finds the texts that hold all its pairs.
 */
public final class SearchWords {

	private static final Pattern MARKUP = Pattern.compile("<[^>]*>|&[a-z]+;|&#\\d+;|&#x[0-9a-f]+;");

	private static final Pattern RUN = Pattern.compile("[a-z0-9]+|[\\p{IsHan}]+");

	private SearchWords() {
	}

	/** The words of a text, markup left out. */
	public static String[] of(String... texts) {
		Set<String> words = new LinkedHashSet<>();
		for (String text : texts) {
			Matcher runs = RUN.matcher(MARKUP.matcher(text).replaceAll(" ").toLowerCase(Locale.ROOT));
			while (runs.find()) {
				addWords(runs.group(), words);
			}
		}
		return words.toArray(String[]::new);
	}

	private static void addWords(String run, Set<String> words) {
		if (run.codePointAt(0) < 0x80) {
			words.add(run);
			return;
		}
		int[] characters = run.codePoints().toArray();
		for (int i = 0; i < characters.length; i++) {
			words.add(new String(characters, i, 1));
			if (i + 1 < characters.length) {
				words.add(new String(characters, i, 2));
			}
		}
	}

}
