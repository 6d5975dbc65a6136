package cn.qingfeng.content.reading;

import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.web.util.HtmlUtils;

/**
 * Cuts the passage around the words that a member searched for.
 */
final class Highlight {

	private static final int AROUND = 24;

	private static final Pattern MARKUP = Pattern.compile("<[^>]*>");

	private static final Pattern BLANKS = Pattern.compile("\\s+");

	private Highlight() {
	}

	/**
	 * The passage of the text with {@code em} tags around the words, everything else
	 * escaped; null when the words do not stand there in one piece.
	 * @param html of an article
	 * @param words as typed
	 */
	static @Nullable String of(String html, String words) {
		String text = BLANKS.matcher(HtmlUtils.htmlUnescape(MARKUP.matcher(html).replaceAll(" "))).replaceAll(" ");
		String wanted = words.strip();
		int at = text.toLowerCase(Locale.ROOT).indexOf(wanted.toLowerCase(Locale.ROOT));
		if (wanted.isEmpty() || at < 0) {
			return null;
		}
		int end = at + wanted.length();
		String before = text.substring(Math.max(0, at - AROUND), at);
		String after = text.substring(end, Math.min(text.length(), end + AROUND));
		return HtmlUtils.htmlEscape(before) + "<em>" + HtmlUtils.htmlEscape(text.substring(at, end)) + "</em>"
				+ HtmlUtils.htmlEscape(after);
	}

}
