package cn.qingfeng.quiz.bank;

import java.util.List;
import java.util.UUID;

/**
 * A question as its author knows it, key included: never for a member.
 *
 * @param id of the question
 * @param kind how many options may be right
 * @param stem what is asked
 * @param options in the author's order
 * @param answer keys of the right options
 * @param explanation why
 * @param source what it rests on
 * @param difficulty from 1, easy, to 3
 * @param tags for finding it
 */
public record Question(UUID id, QuestionKind kind, String stem, List<Option> options, List<String> answer,
		String explanation, Source source, int difficulty, List<String> tags) {

	public Question {
		options = List.copyOf(options);
		answer = List.copyOf(answer);
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

}
