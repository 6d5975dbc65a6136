package cn.qingfeng.quiz.exchange;

import java.util.List;

import cn.qingfeng.quiz.bank.QuestionKind;

/**
 * A question as a file tells it.
 *
 * @param row where it begins in the file, from 1
 * @param kind how many options may be right
 * @param stem what is asked
 * @param options texts in the order of the file
 * @param answer positions of the right options, ascending from 0
 * @param explanation why; empty when the file tells none
 * @param document what it rests on; empty when the file tells none
 * @param clause article or chapter of the document; empty when the file tells none
 * @param difficulty from 1 to 3
 * @param tags for finding it
 */
record DraftQuestion(int row, QuestionKind kind, String stem, List<String> options, List<Integer> answer,
		String explanation, String document, String clause, int difficulty, List<String> tags) {

	static final int USUAL_DIFFICULTY = 2;

	static final String RIGHT = "正确";

	static final String WRONG = "错误";

	DraftQuestion {
		options = List.copyOf(options);
		answer = List.copyOf(answer);
		tags = List.copyOf(tags);
	}

	/** A question of a format that tells nothing but the question. */
	static DraftQuestion bare(int row, QuestionKind kind, String stem, List<String> options, List<Integer> answer,
			String explanation) {
		return new DraftQuestion(row, kind, stem, options, answer, explanation, "", "", USUAL_DIFFICULTY, List.of());
	}

	/** A statement to judge. */
	static DraftQuestion statement(int row, String stem, boolean isTrue, String explanation) {
		return bare(row, QuestionKind.TRUE_FALSE, stem, List.of(RIGHT, WRONG), List.of(isTrue ? 0 : 1), explanation);
	}

}
