package cn.qingfeng.quiz.bank;

import java.util.List;

/**
 * A file of {@code seeds/question-banks}.
 *
 * @param key of the bank
 * @param title for staff
 * @param document full name of what it asks about
 * @param version revision of the document
 * @param description for staff
 * @param source where the questions come from
 * @param questions in order
 */
record BankFile(String key, String title, String document, String version, String description, String source,
		List<Entry> questions) {

	/**
	 * One question.
	 *
	 * @param key unique over all banks
	 * @param kind of the question
	 * @param stem what is asked
	 * @param options in order
	 * @param answer keys of the right ones
	 * @param explanation why
	 * @param source what it rests on
	 * @param difficulty from 1 to 3
	 * @param tags for finding it
	 */
	record Entry(String key, QuestionKind kind, String stem, List<Option> options, List<String> answer,
			String explanation, Source source, int difficulty, List<String> tags) {

	}

}
