package cn.qingfeng.quiz.round;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import cn.qingfeng.quiz.bank.Part;
import cn.qingfeng.quiz.bank.Written;
import org.jspecify.annotations.Nullable;

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

	@Override
	public String toString() {
		return "AnswerKey[sealed]";
	}

	/**
	 * The key of one question.
	 *
	 * @param options right options: bit n for option n of the author's order; 0 when the
	 * answer is written
	 * @param written how a written answer is graded, null for a choice
	 * @param explanation why
	 * @param source document and clause
	 */
	public record Entry(int options, @Nullable Written written, String explanation, String source) {

		/** Of a choice. */
		public Entry(int options, String explanation, String source) {
			this(options, null, explanation, source);
		}

		/**
		 * Grades an answer: a choice wholly or not at all, a written one in proportion.
		 * @param options chosen
		 * @param text written, null when nothing was
		 * @return thousandths of the question's marks
		 */
		public int credit(int options, @Nullable String text) {
			if (this.written != null) {
				return (text != null) ? this.written.credit(text) : 0;
			}
			return (options == this.options) ? Written.FULL_CREDIT : 0;
		}

		/** What is accepted for each part of a written answer; nothing for a choice. */
		public List<List<String>> accepted() {
			return (this.written != null) ? this.written.parts().stream().map(Part::accepted).toList() : List.of();
		}

		@Override
		public String toString() {
			return "Entry[sealed]";
		}

	}

}
