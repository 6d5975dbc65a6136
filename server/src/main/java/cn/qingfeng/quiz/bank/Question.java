package cn.qingfeng.quiz.bank;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A question as its author knows it, key included: never for a member.
 *
 * @param id of the question
 * @param kind how it is answered
 * @param stem what is asked
 * @param options in the author's order, none when the answer is written
 * @param answer keys of the right options
 * @param parts of a written answer
 * @param explanation why
 * @param source what it rests on
 * @param difficulty from 1, easy, to 3
 * @param tags for finding it
 */
public record Question(UUID id, QuestionKind kind, String stem, List<Option> options, List<String> answer,
		List<Part> parts, String explanation, Source source, int difficulty, List<String> tags) {

	public Question {
		options = List.copyOf(options);
		answer = List.copyOf(answer);
		parts = List.copyOf(parts);
		tags = List.copyOf(tags);
	}

	/** The right options as a set of bits: bit n for option n. */
	public int answerBits() {
		int bits = 0;
		for (int i = 0; i < this.options.size(); i++) {
			if (this.answer.contains(this.options.get(i).key())) {
				bits |= 1 << i;
			}
		}
		return bits;
	}

	/** Null for a choice. */
	public @Nullable Written written() {
		return this.kind.isWritten() ? new Written(this.kind, this.parts) : null;
	}

}
