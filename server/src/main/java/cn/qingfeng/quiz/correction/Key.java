package cn.qingfeng.quiz.correction;

import java.util.List;

import cn.qingfeng.quiz.bank.Part;

/**
 * What is right of one question.
 *
 * @param options of a choice, as bits over the author's order; 0 when the answer is
 * written
 * @param parts what a written answer is graded by, none of a choice
 * @param everyoneRight whether all who had the question have it right; a proposal of that
 * names neither options nor parts
 */
record Key(int options, List<Part> parts, boolean everyoneRight) {

	Key {
		parts = List.copyOf(parts);
	}

	/** Whether papers are scored by both alike. */
	boolean countsLike(Key other) {
		return this.everyoneRight ? other.everyoneRight : equals(other);
	}

	@Override
	public String toString() {
		return "Key[sealed]";
	}

}
