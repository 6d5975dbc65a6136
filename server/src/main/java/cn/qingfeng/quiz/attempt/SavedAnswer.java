package cn.qingfeng.quiz.attempt;

import java.util.UUID;

import cn.qingfeng.quiz.bank.Written;
import cn.qingfeng.quiz.round.AnswerKey;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it is stored.
 *
 * @param questionId on the paper
 * @param options chosen, as bits over the author's order
 * @param text written, null for a choice
 * @param mark thousandths that a person gave, null while only the machine has graded it
 * @param version counts its changes
 */
record SavedAnswer(UUID questionId, int options, @Nullable String text, @Nullable Integer mark, long version) {

	/** Options alone. */
	static SavedAnswer chosen(UUID questionId, int options) {
		return new SavedAnswer(questionId, options, null, null, 1);
	}

	/** Counts fully, whatever was answered. */
	static SavedAnswer givenToAll(UUID questionId) {
		return new SavedAnswer(questionId, 0, null, Written.FULL_CREDIT, 1);
	}

	boolean isEmpty() {
		return this.options == 0 && (this.text == null || this.text.isEmpty());
	}

	/** Thousandths of the question's marks: what a person gave counts before the key. */
	int credit(AnswerKey.Entry key) {
		return (this.mark != null) ? this.mark : key.credit(this.options, this.text);
	}

}
