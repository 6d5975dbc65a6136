package cn.qingfeng.wechat.portal;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the accounts answer by themselves.
 *
 * @param rules in the editors' order
 * @param miniProgramToStaff whether those who write to the mini-program are handed over
 * to the staff; it has no other answers
 */
record ReplyBook(List<Rule> rules, boolean miniProgramToStaff) {

	static final ReplyBook EMPTY = new ReplyBook(List.of(), false);

	/** Longer texts are for people: a word in them says little. */
	private static final int SHORT = 20;

	private static final Pattern NOISE = Pattern.compile("[\\p{P}\\p{S}\\s]+");

	ReplyBook {
		rules = List.copyOf(rules);
	}

	/** Whether the welcome depends on who follows. */
	boolean asksWhoFollows() {
		return on(Occasion.UNBOUND).findAny().isPresent();
	}

	/** The welcome, and for somebody who is not on the roster how to get there. */
	Optional<PassiveReply> welcome(boolean bound) {
		String text = Stream.concat(on(Occasion.FOLLOW), bound ? Stream.empty() : on(Occasion.UNBOUND))
			.map(Rule::text)
			.collect(Collectors.joining("\n"));
		return text.isEmpty() ? Optional.empty() : Optional.of(new PassiveReply(text));
	}

	Optional<PassiveReply> clicked(String key) {
		return on(Occasion.CLICK).filter((rule) -> rule.keys().contains(key)).findFirst().map(Rule::reply);
	}

	/** By the word itself, else by the longest word in a short text, else as the rest. */
	Optional<PassiveReply> written(String text) {
		String said = plain(text);
		return keywords().filter((keyword) -> keyword.word().equals(said))
			.findFirst()
			.or(() -> keywords().filter((keyword) -> said.length() <= SHORT && said.contains(keyword.word()))
				.max(Comparator.comparingInt((keyword) -> keyword.word().length())))
			.map((keyword) -> keyword.rule().reply())
			.or(this::otherwise);
	}

	Optional<PassiveReply> otherwise() {
		return on(Occasion.OTHERWISE).findFirst().map(Rule::reply);
	}

	private Stream<Rule> on(Occasion occasion) {
		return this.rules.stream().filter((rule) -> rule.occasion() == occasion);
	}

	private Stream<Keyword> keywords() {
		return on(Occasion.KEYWORD).flatMap((rule) -> rule.keys().stream().map((key) -> new Keyword(plain(key), rule)))
			.filter((keyword) -> !keyword.word().isEmpty());
	}

	/** Full-width letters, capitals and punctuation make no difference. */
	static String plain(String text) {
		String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
		return NOISE.matcher(folded).replaceAll("");
	}

	/**
	 * One answer.
	 *
	 * @param occasion when it is given
	 * @param keys the menu keys or words, none for the other occasions
	 * @param text the words, empty when the person is handed over to the staff
	 */
	record Rule(Occasion occasion, List<String> keys, String text) {

		Rule {
			keys = List.copyOf(keys);
		}

		PassiveReply reply() {
			return new PassiveReply(this.text);
		}

	}

	/**
	 * When something is answered.
	 */
	enum Occasion {

		/** Somebody follows. */
		FOLLOW,

		/** Besides, when that somebody is not on the roster. */
		UNBOUND,

		/** A menu item with a key was tapped. */
		CLICK,

		/** Somebody wrote a word. */
		KEYWORD,

		/** Somebody wrote or sent anything else. */
		OTHERWISE

	}

	private record Keyword(String word, Rule rule) {

	}

}
