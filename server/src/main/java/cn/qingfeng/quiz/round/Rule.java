package cn.qingfeng.quiz.round;

import java.util.Collections;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.quiz.bank.QuestionKind;

/**
 * Draw so many questions from one bank.
 *
 * @param bankId of the bank
 * @param count questions drawn
 * @param kinds only of these kinds, empty for all
 * @param difficulties only of these, empty for all
 */
record Rule(UUID bankId, int count, Set<QuestionKind> kinds, Set<Integer> difficulties) {

	Rule {
		kinds = Set.copyOf(kinds);
		difficulties = Set.copyOf(difficulties);
	}

	/** Whether one question could be drawn by both. */
	boolean overlaps(Rule other) {
		return this.bankId.equals(other.bankId) && meet(this.kinds, other.kinds)
				&& meet(this.difficulties, other.difficulties);
	}

	private static <T> boolean meet(Set<T> one, Set<T> other) {
		return one.isEmpty() || other.isEmpty() || !Collections.disjoint(one, other);
	}

}
