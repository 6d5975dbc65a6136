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
		List<NewQuestion> questions) {

}
