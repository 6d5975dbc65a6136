package cn.qingfeng.quiz.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import cn.qingfeng.quiz.bank.Part;

/**
 * How people write what a written answer is looked through for: blanks or keywords apart
 * by {@code ；}, ways of writing one apart by {@code /}, its weight behind it as in
 * {@code 党性/党性修养（2分）}. A backslash takes a sign for itself.
 */
final class PartNotation {

	private static final Pattern WEIGHT = Pattern.compile("(?<!\\\\)[（(]\\s*(\\d{1,3})\\s*分?\\s*[)）]\\s*$");

	private static final String SPECIAL = "\\;；/（(";

	private PartNotation() {
	}

	static List<Part> read(String text) throws RowException {
		List<Part> parts = new ArrayList<>();
		for (String part : split(text, ";；")) {
			if (!part.isBlank()) {
				parts.add(part(part.strip()));
			}
		}
		return parts;
	}

	static String write(List<Part> parts) {
		return parts.stream().map(PartNotation::write).collect(Collectors.joining("；"));
	}

	private static Part part(String text) throws RowException {
		Matcher weight = WEIGHT.matcher(text);
		boolean weighs = weight.find();
		String words = weighs ? text.substring(0, weight.start()) : text;
		List<String> accepted = split(words, "/").stream()
			.map((each) -> plain(each.strip()))
			.filter((each) -> !each.isEmpty())
			.toList();
		if (accepted.isEmpty()) {
			throw new RowException("答案", "有一个空或关键词是空的");
		}
		return new Part(accepted, weighs ? Integer.parseInt(weight.group(1)) : 1);
	}

	private static String write(Part part) {
		String accepted = part.accepted().stream().map(PartNotation::escaped).collect(Collectors.joining("/"));
		return (part.weight() == 1) ? accepted : "%s（%d分）".formatted(accepted, part.weight());
	}

	/** At signs without a backslash before them. */
	private static List<String> split(String text, String signs) {
		List<String> pieces = new ArrayList<>();
		int begin = 0;
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) == '\\') {
				i++;
			}
			else if (signs.indexOf(text.charAt(i)) >= 0) {
				pieces.add(text.substring(begin, i));
				begin = i + 1;
			}
		}
		pieces.add(text.substring(begin));
		return pieces;
	}

	private static String escaped(String text) {
		StringBuilder escaped = new StringBuilder();
		for (char each : text.toCharArray()) {
			escaped.append((SPECIAL.indexOf(each) >= 0) ? "\\" : "").append(each);
		}
		return escaped.toString();
	}

	private static String plain(String text) {
		StringBuilder plain = new StringBuilder();
		for (int i = 0; i < text.length(); i++) {
			boolean taken = text.charAt(i) == '\\' && i + 1 < text.length();
			plain.append(text.charAt(taken ? ++i : i));
		}
		return plain.toString();
	}

}
