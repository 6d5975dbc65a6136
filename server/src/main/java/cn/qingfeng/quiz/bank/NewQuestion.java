package cn.qingfeng.quiz.bank;

import java.util.List;
import java.util.Objects;

/**
 * A question that goes into a bank.
 *
 * @param key unique over all banks
 * @param kind how it is answered
 * @param stem what is asked
 * @param options in order, none when the answer is written
 * @param answer keys of the right ones
 * @param parts of a written answer; a seed of a choice has none
 * @param explanation why
 * @param source what it rests on
 * @param difficulty from 1, easy, to 3
 * @param tags for finding it
 */
public record NewQuestion(String key, QuestionKind kind, String stem, List<Option> options, List<String> answer,
		List<Part> parts, String explanation, Source source, int difficulty, List<String> tags) {

	/**
	 * As people have written it.
	 * @param bank where it goes; its document is what the question rests on when the
	 * content names none
	 * @param content without flaws
	 * @return with the key that its stem gives it
	 */
	public static NewQuestion of(Bank bank, QuestionContent content) {
		String document = content.document().isEmpty() ? bank.document() : content.document();
		return new NewQuestion(Stems.key(bank, content.stem()), content.kind(), content.stem(), content.keyedOptions(),
				content.answerKeys(), content.parts(), content.explanation(), new Source(document, content.clause()),
				content.difficulty(), content.tags());
	}

	public NewQuestion {
		options = Objects.requireNonNullElse(options, List.of());
		answer = Objects.requireNonNullElse(answer, List.of());
		parts = Objects.requireNonNullElse(parts, List.of());
	}

}
