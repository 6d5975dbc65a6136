package cn.qingfeng.quiz.statistics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import cn.qingfeng.member.SmallGroups;
import cn.qingfeng.quiz.bank.QuestionKind;
import org.jspecify.annotations.Nullable;

/**
 * How a round went.
 *
 * @param totals of all attempts
 * @param bands attempts by score, ten points a band, the last with full marks
 * @param questions that enough members answered, the hardest first
 */
record RoundStatistics(Totals totals, List<Integer> bands, List<QuestionFigures> questions) {

	static final int BANDS = 10;

	RoundStatistics {
		bands = List.copyOf(bands);
		questions = List.copyOf(questions);
	}

	/** Nothing but the fact that too few took part. */
	static RoundStatistics suppressed() {
		return new RoundStatistics(new Totals(0, 0, 0, 0, 1), List.of(), List.of());
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
		Map<Integer, Long> groups = new LinkedHashMap<>();
		this.bands.forEach((attempts) -> groups.put(groups.size(), (long) attempts));
		return List.copyOf(shown(groups, this.totals.papersEach()).values());
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
	 * @param right how many rightly
	 * @param chosen how often each option was chosen
	 * @param better papers among the better 27 %
	 * @param betterRight those of them that were right
	 * @param weaker papers among the weaker 27 %
	 * @param weakerRight those of them that were right
	 */
	record QuestionFigures(UUID questionId, String stem, QuestionKind kind, List<String> options, int key, int answered,
			int right, List<Integer> chosen, int better, int betterRight, int weaker, int weakerRight) {

		QuestionFigures {
			options = List.copyOf(options);
			chosen = List.copyOf(chosen);
		}

		/** Empty when those who were right, or those who were not, can be known. */
		Optional<Integer> shownRight(int papersEach) {
			return part(this.right, this.answered, papersEach);
		}

		Optional<Double> shownEasiness(int papersEach) {
			return shownRight(papersEach).map((shown) -> (double) shown / this.answered);
		}

		/** By option, empty where those who chose it, or did not, can be known. */
		List<Optional<Integer>> shownChosen(int papersEach) {
			Map<Integer, Long> groups = new LinkedHashMap<>();
			this.chosen.forEach((papers) -> groups.put(groups.size(), (long) papers));
			Map<Integer, Optional<Integer>> shown = shown(groups, papersEach);
			return shown.values()
				.stream()
				.map((papers) -> papers.filter((count) -> part(count, this.answered, papersEach).isPresent()))
				.toList();
		}

		/**
		 * The discrimination index of item analysis: from 0.3 on a question is good,
		 * below 0 its key is likely to be wrong. Null when the better or the weaker are
		 * too few.
		 */
		@Nullable Double discrimination(int papersEach) {
			long enough = SmallGroups.SMALLEST * papersEach;
			return (this.better < enough || this.weaker < enough) ? null
					: (double) this.betterRight / this.better - (double) this.weakerRight / this.weaker;
		}

		boolean isRight(int option) {
			return (this.key & 1 << option) != 0;
		}

	}

}
