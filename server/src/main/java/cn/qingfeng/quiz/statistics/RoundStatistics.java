package cn.qingfeng.quiz.statistics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import cn.qingfeng.member.SmallGroups;
import cn.qingfeng.quiz.bank.QuestionKind;
import org.jspecify.annotations.Nullable;

/**
 * How a round went.
 *
 * @param totals of all attempts
 * @param bands attempts by score, ten points a band, the last with full marks
 * @param questions that enough members answered, the hardest first
 * @param wrongTexts what enough members wrote, by question, the most frequent first
 */
record RoundStatistics(Totals totals, List<Integer> bands, List<QuestionFigures> questions,
		Map<UUID, List<WrongText>> wrongTexts) {

	static final int BANDS = 10;

	RoundStatistics {
		bands = List.copyOf(bands);
		questions = List.copyOf(questions);
		wrongTexts = Map.copyOf(wrongTexts);
	}

	/** Nothing but the fact that too few took part. */
	static RoundStatistics suppressed() {
		return new RoundStatistics(new Totals(0, 0, 0, 0, 1), List.of(), List.of(), Map.of());
	}

	boolean isSuppressed() {
		return this.totals.participants() < SmallGroups.SMALLEST;
	}

	/** Empty when those who passed, or those who did not, are few enough to be known. */
	Optional<Integer> shownPassed() {
		return part(this.totals.passed(), this.totals.attempts(), this.totals.papersEach());
	}

	/** The bands, empty for those that hold few enough to be known. */
	List<Optional<Integer>> shownBands() {
		return shown(this.bands, this.totals.papersEach());
	}

	private static List<Optional<Integer>> shown(List<Integer> sizes, int each) {
		Map<Integer, Long> groups = new LinkedHashMap<>();
		sizes.forEach((size) -> groups.put(groups.size(), (long) size));
		return List.copyOf(shown(groups, each).values());
	}

	/** Empty when it, or what is left, is few enough to be known. */
	private static Optional<Integer> part(int some, int all, int each) {
		return shown(Map.of(true, (long) some, false, (long) all - some), each).getOrDefault(true, Optional.empty());
	}

	private static <K> Map<K, Optional<Integer>> shown(Map<K, Long> groups, int each) {
		Map<K, Optional<Integer>> shown = new LinkedHashMap<>();
		SmallGroups.shown(groups, each).forEach((group, size) -> shown.put(group, size.map(Math::toIntExact)));
		return shown;
	}

	/**
	 * Of all attempts that were handed in.
	 *
	 * @param participants members
	 * @param attempts papers
	 * @param passed papers that reached the pass mark
	 * @param averageScore of 100
	 * @param papersEach how many papers one member has at most
	 */
	record Totals(int participants, int attempts, int passed, double averageScore, int papersEach) {

	}

	/**
	 * Of one question.
	 *
	 * @param questionId of the question
	 * @param stem what was asked
	 * @param kind how it is answered
	 * @param options texts in the author's order
	 * @param key right options as bits over that order
	 * @param answered how many answered
	 * @param right how many wholly rightly
	 * @param chosen how often each option was chosen
	 * @param credits how many fell into each band short of full marks
	 * @param easiness share of the marks that the answers got
	 * @param better the same among the better 27 % of papers, null when they are of too
	 * few members
	 * @param weaker the same among the weaker 27 %, null when they are of too few members
	 */
	record QuestionFigures(UUID questionId, String stem, QuestionKind kind, List<String> options, int key, int answered,
			int right, List<Integer> chosen, List<Integer> credits, double easiness, @Nullable Double better,
			@Nullable Double weaker) {

		QuestionFigures {
			options = List.copyOf(options);
			chosen = List.copyOf(chosen);
			credits = List.copyOf(credits);
		}

		/** Empty when those who were right, or those who were not, can be known. */
		Optional<Integer> shownRight(int papersEach) {
			return shownMarks(papersEach).getLast();
		}

		Optional<Double> shownEasiness(int papersEach) {
			return shownRight(papersEach).map((shown) -> this.easiness);
		}

		/** By option, empty where those who chose it, or did not, can be known. */
		List<Optional<Integer>> shownChosen(int papersEach) {
			return shown(this.chosen, papersEach).stream()
				.map((papers) -> papers.filter((count) -> part(count, this.answered, papersEach).isPresent()))
				.toList();
		}

		/**
		 * The discrimination index of item analysis: from 0.3 on a question is good,
		 * below 0 its key is likely to be wrong. Null when the better or the weaker are
		 * too few.
		 */
		@Nullable Double discrimination() {
			return (this.better == null || this.weaker == null) ? null : Double.valueOf(this.better - this.weaker);
		}

		/**
		 * The bands of a written answer with full marks as the last, empty for those that
		 * hold few enough to be known; nothing for a choice, which has no parts.
		 */
		Map<CreditBand, Optional<Integer>> shownCredits(int papersEach) {
			Map<CreditBand, Optional<Integer>> bands = new LinkedHashMap<>();
			if (this.kind.isWritten()) {
				List<Optional<Integer>> shown = shownMarks(papersEach);
				CreditBand.SHORT_OF_FULL.forEach((band) -> bands.put(band, shown.get(bands.size())));
				bands.put(CreditBand.FULL_MARKS, shown.getLast());
			}
			return bands;
		}

		/** The bands, then full marks: together all who answered. */
		private List<Optional<Integer>> shownMarks(int papersEach) {
			return shown(Stream.concat(this.credits.stream(), Stream.of(this.right)).toList(), papersEach);
		}

		boolean isRight(int option) {
			return (this.key & 1 << option) != 0;
		}

	}

}
