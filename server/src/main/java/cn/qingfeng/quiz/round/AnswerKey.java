package cn.qingfeng.quiz.round;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The key of a published round, apart from its papers: read for scoring, and for members
 * only when the review policy says so.
 *
 * @param entries by question
 * @param everyoneRight questions that a correction gave to all who had them
 * @param version how many corrections are in it
 */
public record AnswerKey(Map<UUID, Entry> entries, Set<UUID> everyoneRight, int version) {

	public AnswerKey {
		entries = Map.copyOf(entries);
		everyoneRight = Set.copyOf(everyoneRight);
	}

	/** As it was published. */
	public AnswerKey(Map<UUID, Entry> entries) {
		this(entries, Set.of(), 0);
	}

	public Entry of(UUID questionId) {
		Entry entry = this.entries.get(questionId);
		if (entry == null) {
			throw new IllegalStateException("no key for question " + questionId);
		}
		return entry;
	}

	/** Of options as bits: A for the first option of the author. */
	public static List<String> letters(int options) {
		return IntStream.range(0, Integer.SIZE)
			.filter((option) -> (options & 1 << option) != 0)
			.mapToObj((option) -> String.valueOf((char) ('A' + option)))
			.toList();
	}

	/** Whether an answer counts as right. */
	public boolean isRight(UUID questionId, int options) {
		return this.everyoneRight.contains(questionId) || of(questionId).options() == options;
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
