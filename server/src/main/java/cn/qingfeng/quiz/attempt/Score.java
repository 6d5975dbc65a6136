package cn.qingfeng.quiz.attempt;

import java.util.Collection;

import cn.qingfeng.quiz.bank.Written;
import cn.qingfeng.quiz.round.AnswerKey;

/**
 * The result of a paper. All questions count alike: a choice when exactly the right
 * options are chosen, a written answer in proportion to what it has of its key. Full
 * marks are 100, and fractions of a mark are dropped, so only a faultless paper has them.
 *
 * @param correct questions answered wholly rightly
 * @param points of 100
 * @param passed whether the pass mark is reached
 */
record Score(int correct, int points, boolean passed) {

	static final int FULL_MARKS = 100;

	/**
	 * Scores a paper.
	 * @param questions on the paper
	 * @param answers to them; what is missing was not answered
	 * @param key of the round
	 * @param passMark of 100
	 * @return the score
	 */
	static Score of(int questions, Collection<SavedAnswer> answers, AnswerKey key, int passMark) {
		int correct = 0;
		int credit = 0;
		for (SavedAnswer answer : answers) {
			int got = answer.credit(key.of(answer.questionId()));
			correct += (got == Written.FULL_CREDIT) ? 1 : 0;
			credit += got;
		}
		int points = FULL_MARKS * credit / (Written.FULL_CREDIT * questions);
		return new Score(correct, points, points >= passMark);
	}

}
