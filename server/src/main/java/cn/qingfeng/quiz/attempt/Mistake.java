package cn.qingfeng.quiz.attempt;

import java.time.Instant;
import java.util.List;

import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.round.AnswerKey;
import org.jspecify.annotations.Nullable;

/**
 * A question that a member answered wrongly the last time it was on a paper, and may see
 * the key of.
 *
 * @param question as it stood in that round, options in the author's order
 * @param roundId of the round
 * @param roundTitle of the round
 * @param chosen then, as bits over the author's order
 * @param text written then, null for a choice
 * @param key of the question
 * @param answeredAt when the paper was handed in
 * @param rightInARow how often it was practised rightly since, without a wrong answer
 */
record Mistake(PaperQuestion question, RoundId roundId, String roundTitle, int chosen, @Nullable String text,
		AnswerKey.Entry key, Instant answeredAt, int rightInARow) {

	/** Right answers in a row that master a question. */
	static final int MASTERY = 2;

	boolean isMastered() {
		return this.rightInARow >= MASTERY;
	}

	List<String> chosenIds() {
		return this.question.optionIds(this.chosen);
	}

	List<String> keyIds() {
		return this.question.optionIds(this.key.options());
	}

}
