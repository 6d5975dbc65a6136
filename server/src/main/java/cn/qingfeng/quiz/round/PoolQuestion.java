package cn.qingfeng.quiz.round;

import java.util.List;
import java.util.UUID;

import cn.qingfeng.quiz.bank.QuestionKind;

/**
 * A question of a published round as members may see it: without key and explanation.
 *
 * @param id of the question
 * @param kind how it is answered
 * @param stem what is asked
 * @param options texts, in the author's order; none when the answer is written
 * @param blanks lines of a written answer, 0 for a choice
 */
public record PoolQuestion(UUID id, QuestionKind kind, String stem, List<String> options, int blanks) {

	public PoolQuestion {
		options = List.copyOf(options);
	}

	/** A choice. */
	public PoolQuestion(UUID id, QuestionKind kind, String stem, List<String> options) {
		this(id, kind, stem, options, 0);
	}

	/** What decides how it is laid out on a paper. */
	String line() {
		return this.id + " " + this.kind + " " + this.options.size();
	}

}
