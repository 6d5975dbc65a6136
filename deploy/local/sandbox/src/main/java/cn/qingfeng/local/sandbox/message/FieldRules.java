package cn.qingfeng.local.sandbox.message;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the value of a field may look like, by the beginning of its key.
 */
final class FieldRules {

	private static final String TIME = "\\d{1,2}[:：]\\d{2}([:：]\\d{2})?";

	private static final String DATE = "\\d{4}(年|-|/|\\.)\\d{1,2}(月|-|/|\\.)\\d{1,2}日?";

	private static final String MOMENT = "(" + DATE + "\\s*)?" + TIME + "|" + DATE;

	private static final Map<String, Pattern> RULES = Map.ofEntries(rule("thing", "(?s).{1,20}"),
			rule("number", "[-+]?\\d{1,32}(\\.\\d+)?"), rule("letter", "[A-Za-z]{1,32}"),
			rule("symbol", "[^\\p{L}\\p{N}\\s]{1,5}"), rule("character_string", "[\\x21-\\x7e ]{1,32}"),
			rule("time", "(" + MOMENT + ")(\\s*[~～]\\s*(" + MOMENT + "))?"),
			rule("date", DATE + "(\\s*" + TIME + ")?(\\s*[~～]\\s*(" + MOMENT + "))?"),
			rule("amount", "[^\\d\\s]?\\d{1,10}(\\.\\d+)?元?"), rule("phone_number", "[0-9+()\\-]{1,17}"),
			rule("car_number", "[\\p{IsHan}A-Za-z0-9]{1,8}"), rule("phrase", "\\p{IsHan}{1,5}"),
			rule("name", "[\\p{IsHan}·]{1,10}|[A-Za-z .·]{1,20}"), rule("const", "(?s).{1,20}"));

	private FieldRules() {
	}

	private static Map.Entry<String, Pattern> rule(String prefix, String pattern) {
		return Map.entry(prefix, Pattern.compile(pattern));
	}

	static boolean allow(String key, String value) {
		Pattern rule = RULES.get(key.replaceAll("\\d+$", ""));
		return !value.isBlank() && (rule == null || rule.matcher(value).matches());
	}

}
