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
		return new RoundStatistics(new Totals(0, 0, 0, 0), List.of(), List.of());
	}

	boolean isSuppressed() {
		return this.totals.participants() < SmallGroups.SMALLEST;
	}

	/** Empty when those who passed, or those who did not, are few enough to be known. */
	Optional<Integer> shownPassed() {
		Map<Boolean, Long> groups = Map.of(true, (long) this.totals.passed(), false,
				(long) this.totals.attempts() - this.totals.passed());
		return shown(groups).getOrDefault(true, Optional.empty());
	}

	/** The bands, empty for those that hold few enough to be known. */
	List<Optional<Integer>> shownBands() {
		Map<Integer, Long> groups = new LinkedHashMap<>();
		this.bands.forEach((attempts) -> groups.put(groups.size(), (long) attempts));
		return List.copyOf(shown(groups).values());
	}

	private static <K> Map<K, Optional<Integer>> shown(Map<K, Long> groups) {
		Map<K, Optional<Integer>> shown = new LinkedHashMap<>();
		SmallGroups.shown(groups).forEach((group, size) -> shown.put(group, size.map(Math::toIntExact)));
		return shown;
	}

	/**
	 * Of all attempts that were handed in.
	 *
	 * @param participants members
	 * @param attempts papers
	 * @param passed papers that reached the pass mark
	 * @param averageScore of 100
	 */
	record Totals(int participants, int attempts, int passed, double averageScore) {

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

		double easiness() {
			return (double) this.right / this.answered;
		}

		/**
		 * The discrimination index of item analysis: from 0.3 on a question is good,
		 * below 0 its key is likely to be wrong.
		 */
		@Nullable Double discrimination() {
			return (this.better == 0 || this.weaker == 0) ? null
					: (double) this.betterRight / this.better - (double) this.weakerRight / this.weaker;
		}

		boolean isRight(int option) {
			return (this.key & 1 << option) != 0;
		}

	}

}
