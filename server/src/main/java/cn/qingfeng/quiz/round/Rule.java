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
 * @param tags only with one of these, empty for all
 * @param questionIds exactly these, empty to draw
 */
record Rule(UUID bankId, int count, Set<QuestionKind> kinds, Set<Integer> difficulties, Set<String> tags,
		Set<UUID> questionIds) {

	Rule {
		kinds = Set.copyOf(kinds);
		difficulties = Set.copyOf(difficulties);
		tags = Set.copyOf(tags);
		questionIds = Set.copyOf(questionIds);
	}

	/** By kind and difficulty only. */
	Rule(UUID bankId, int count, Set<QuestionKind> kinds, Set<Integer> difficulties) {
		this(bankId, count, kinds, difficulties, Set.of(), Set.of());
	}

	boolean isFixed() {
		return !this.questionIds.isEmpty();
	}

	/**
	 * Of two rules that find the same question the one with the smaller number has it.
	 */
	int precedence() {
		if (isFixed()) {
			return 0;
		}
		return this.tags.isEmpty() ? 2 : 1;
	}

	/**
	 * Whether two rules of the same precedence are sure to reach for the same questions.
	 */
	boolean overlaps(Rule other) {
		if (isFixed() || other.isFixed()) {
			return !Collections.disjoint(this.questionIds, other.questionIds);
		}
		return this.bankId.equals(other.bankId) && meet(this.kinds, other.kinds)
				&& meet(this.difficulties, other.difficulties) && this.tags.equals(other.tags);
	}

	private static <T> boolean meet(Set<T> one, Set<T> other) {
		return one.isEmpty() || other.isEmpty() || !Collections.disjoint(one, other);
	}

}
