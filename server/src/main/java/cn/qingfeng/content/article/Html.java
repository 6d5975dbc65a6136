package cn.qingfeng.content.article;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * The HTML that articles may consist of. Everything else is dropped on the way in, so
 * that what is stored is what is signed and what is shown.
 */
final class Html {

	private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
		.allowElements("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "strong", "b", "em", "i", "u", "br", "hr",
				"table", "thead", "tbody", "tr", "th", "td", "span", "a")
		.allowUrlProtocols("http", "https")
		.allowAttributes("href")
		.onElements("a")
		.requireRelsOnLinks("nofollow", "noopener", "noreferrer")
		.allowAttributes("colspan", "rowspan")
		.matching(false, "1", "2", "3", "4", "5", "6")
		.onElements("td", "th")
		.allowAttributes("style")
		.matching(Pattern.compile("\\s*text-align\\s*:\\s*(left|right|center|justify)\\s*;?\\s*"))
		.onElements("p", "h2", "h3", "h4", "td", "th")
		.toFactory();

	/** What the sanitiser writes for characters beyond the usual ones. */
	private static final Pattern REFERENCE = Pattern.compile("&#x([0-9a-f]{4,5});");

	/** Below this stand letters, signs and controls that better stay references. */
	private static final int FIRST_CJK = 0x2e80;

	/** Wide forms that an old browser could take for markup. */
	private static final String WIDE_MARKUP = "＜＞＆＂＇＝｀";

	private static final Parser MARKDOWN = Parser.builder().build();

	private static final HtmlRenderer RENDERER = HtmlRenderer.builder().escapeHtml(true).build();

	private Html() {
	}

	static String sanitise(String html) {
		return REFERENCE.matcher(POLICY.sanitize(html).strip())
			.replaceAll((reference) -> Matcher.quoteReplacement(character(reference)));
	}

	/**
	 * The sanitiser writes Chinese punctuation and rare characters as references, which
	 * take eight of the 20,000 characters that WeChat allows.
	 */
	private static String character(MatchResult reference) {
		int codePoint = Integer.parseInt(reference.group(1), 16);
		boolean plain = codePoint >= FIRST_CJK && Character.isDefined(codePoint) && WIDE_MARKUP.indexOf(codePoint) < 0;
		return plain ? Character.toString(codePoint) : reference.group();
	}

	static String ofMarkdown(String markdown) {
		return sanitise(RENDERER.render(MARKDOWN.parse(markdown)));
	}

}
