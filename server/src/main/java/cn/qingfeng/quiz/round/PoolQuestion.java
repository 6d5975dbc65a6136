package cn.qingfeng.quiz.round;

import java.util.List;
import java.util.UUID;

import cn.qingfeng.quiz.bank.QuestionKind;

/**
 * A question of a published round as members may see it: without key and explanation.
 *
 * @param id of the question
 * @param kind how many options may be right
 * @param stem what is asked
 * @param options texts, in the author's order
 */
public record PoolQuestion(UUID id, QuestionKind kind, String stem, List<String> options) {

	public PoolQuestion {
		options = List.copyOf(options);
	}

	/** What decides how it is laid out on a paper. */
	String line() {
		return this.id + " " + this.kind + " " + this.options.size();
	}

}
