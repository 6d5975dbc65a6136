package cn.qingfeng.quiz.round;

import java.util.List;
import java.util.stream.IntStream;

/**
 * All that a round may ask.
 *
 * @param contentHash over the definition and the questions
 * @param pools one for each rule
 */
record RoundPreview(String contentHash, List<Pool> pools) {

	RoundPreview {
		pools = List.copyOf(pools);
	}

	static RoundPreview of(String contentHash, RoundDefinition definition, List<FrozenQuestion> questions) {
		return new RoundPreview(contentHash,
				IntStream.range(0, definition.rules().size())
					.mapToObj((rule) -> new Pool(definition.rules().get(rule).count(),
							questions.stream().filter((question) -> question.rule() == rule).toList()))
					.toList());
	}

	/**
	 * Of one rule.
	 *
	 * @param count drawn for each paper
	 * @param questions with their keys
	 */
	record Pool(int count, List<FrozenQuestion> questions) {

		Pool {
			questions = List.copyOf(questions);
		}

	}

}
