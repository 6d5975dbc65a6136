package cn.qingfeng.reminder.rule;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A letter with places to fill, written <code>{{name}}</code>.
 *
 * @param column key of the column that the letter stands in
 */
record LetterTemplate(String key, String column, String title, String summary, @Nullable String author, String markdown,
		List<String> sources) {

	private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

	LetterTemplate {
		sources = List.copyOf(sources);
	}

	/**
	 * The letter with its places filled; a place without a value is a defect of the
	 * template.
	 */
	LetterTemplate fill(Map<String, String> values) {
		return new LetterTemplate(this.key, this.column, fill(this.title, values), fill(this.summary, values),
				this.author, fill(this.markdown, values), this.sources);
	}

	private String fill(String text, Map<String, String> values) {
		return PLACE.matcher(text).replaceAll((place) -> Matcher.quoteReplacement(value(place.group(1), values)));
	}

	private String value(String name, Map<String, String> values) {
		String value = values.get(name);
		if (value == null) {
			throw new IllegalStateException("letter %s has no value for %s".formatted(this.key, name));
		}
		return value;
	}

}
