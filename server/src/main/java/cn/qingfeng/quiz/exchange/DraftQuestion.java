package cn.qingfeng.quiz.exchange;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import cn.qingfeng.quiz.bank.Part;
import cn.qingfeng.quiz.bank.QuestionContent;
import cn.qingfeng.quiz.bank.QuestionContent.Flaw;
import cn.qingfeng.quiz.bank.QuestionKind;

/**
 * A question as a file tells it.
 *
 * @param row where it begins in the file, from 1
 * @param kind how it is answered
 * @param stem what is asked
 * @param options texts in the order of the file, none when the answer is written
 * @param answer positions of the right options, ascending from 0
 * @param parts of a written answer
 * @param explanation why; empty when the file tells none
 * @param document what it rests on; empty when the file tells none
 * @param clause article or chapter of the document; empty when the file tells none
 * @param difficulty from 1 to 3
 * @param tags for finding it
 */
record DraftQuestion(int row, QuestionKind kind, String stem, List<String> options, List<Integer> answer,
		List<Part> parts, String explanation, String document, String clause, int difficulty, List<String> tags) {

	static final int USUAL_DIFFICULTY = 2;

	static final String RIGHT = "正确";

	static final String WRONG = "错误";

	DraftQuestion {
		options = List.copyOf(options);
		answer = List.copyOf(answer);
		// A preview that was made before answers could be written has none.
		parts = List.copyOf(Objects.requireNonNullElse(parts, List.of()));
		tags = List.copyOf(tags);
	}

	/** A question of a format that tells nothing but the question. */
	static DraftQuestion bare(int row, QuestionKind kind, String stem, List<String> options, List<Integer> answer,
			String explanation) {
		return new DraftQuestion(row, kind, stem, options, answer, List.of(), explanation, "", "", USUAL_DIFFICULTY,
				List.of());
	}

	/** A statement to judge. */
	static DraftQuestion statement(int row, String stem, boolean isTrue, String explanation) {
		return bare(row, QuestionKind.TRUE_FALSE, stem, List.of(RIGHT, WRONG), List.of(isTrue ? 0 : 1), explanation);
	}

	/** A question whose answer is written. */
	static DraftQuestion written(int row, QuestionKind kind, String stem, List<Part> parts, String explanation) {
		return new DraftQuestion(row, kind, stem, List.of(), List.of(), parts, explanation, "", "", USUAL_DIFFICULTY,
				List.of());
	}

	/** With what a file tells about the question beside it. */
	DraftQuestion described(String document, String clause, int difficulty, List<String> tags) {
		return new DraftQuestion(this.row, this.kind, this.stem, this.options, this.answer, this.parts,
				this.explanation, document, clause, difficulty, tags);
	}

	QuestionContent content() {
		return new QuestionContent(this.kind, this.stem, this.options, this.answer, this.parts, this.explanation,
				this.document, this.clause, this.difficulty, this.tags);
	}

	/** Itself; fails when something keeps it out of a bank. */
	DraftQuestion checked() throws RowException {
		Optional<Flaw> flaw = content().flaw();
		if (flaw.isPresent()) {
			throw new RowException(flaw.get().field().heading(), flaw.get().words());
		}
		return this;
	}

}
