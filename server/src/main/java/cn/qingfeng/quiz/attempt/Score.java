package cn.qingfeng.quiz.attempt;

import java.util.Map;
import java.util.UUID;

import cn.qingfeng.quiz.round.AnswerKey;

/**
 * The result of a paper. A question counts when exactly the right options are chosen, all
 * questions alike; full marks are 100, and fractions of a mark are dropped, so only a
 * faultless paper has them.
 *
 * @param correct questions answered rightly
 * @param points of 100
 * @param passed whether the pass mark is reached
 */
record Score(int correct, int points, boolean passed) {

	static final int FULL_MARKS = 100;

	/**
	 * Scores a paper.
	 * @param questions on the paper
	 * @param chosen options by question; what is missing was not answered
	 * @param key of the round
	 * @param passMark of 100
	 * @return the score
	 */
	static Score of(int questions, Map<UUID, Integer> chosen, AnswerKey key, int passMark) {
		int correct = (int) chosen.entrySet()
			.stream()
			.filter((answer) -> key.of(answer.getKey()).options() == answer.getValue())
			.count();
		int points = FULL_MARKS * correct / questions;
		return new Score(correct, points, points >= passMark);
	}

}
