package cn.qingfeng.quiz.attempt;

import java.util.UUID;

import cn.qingfeng.quiz.bank.Written;
import org.jspecify.annotations.Nullable;

/**
 * A short answer as those see it who mark it: not whose it is.
 *
 * @param attemptId of the attempt
 * @param questionId on its paper
 * @param stem what was asked
 * @param text what was written
 * @param key what the machine looks for
 * @param mark what a person gave, null while only the machine has graded it
 */
record ShortAnswer(UUID attemptId, UUID questionId, String stem, String text, Written key, @Nullable Mark mark) {

	int machinePercent() {
		return Written.percent(this.key.credit(this.text));
	}

	/**
	 * What a person gave.
	 *
	 * @param percent of the question's marks
	 * @param reason for the member
	 */
	record Mark(int percent, String reason) {

		private static final int THOUSANDTHS = Written.FULL_CREDIT / 100;

		int credit() {
			return this.percent * THOUSANDTHS;
		}

	}

}
