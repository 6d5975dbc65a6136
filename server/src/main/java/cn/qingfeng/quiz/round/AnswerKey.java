package cn.qingfeng.quiz.round;

import java.util.Map;
import java.util.UUID;

/**
 * The key of a published round, apart from its papers: read for scoring, and for members
 * only when the review policy says so.
 *
 * @param entries by question
 */
public record AnswerKey(Map<UUID, Entry> entries) {

	public AnswerKey {
		entries = Map.copyOf(entries);
	}

	public Entry of(UUID questionId) {
		Entry entry = this.entries.get(questionId);
		if (entry == null) {
			throw new IllegalStateException("no key for question " + questionId);
		}
		return entry;
	}

	@Override
	public String toString() {
		return "AnswerKey[sealed]";
	}

	/**
	 * The key of one question.
	 *
	 * @param options right options: bit n for option n of the author's order
	 * @param explanation why
	 * @param source document and clause
	 */
	public record Entry(int options, String explanation, String source) {

		@Override
		public String toString() {
			return "Entry[sealed]";
		}

	}

}
