package cn.qingfeng.quiz.bank;

import java.util.List;

/**
 * A question that goes into a bank.
 *
 * @param key unique over all banks
 * @param kind how many options may be right
 * @param stem what is asked
 * @param options in order
 * @param answer keys of the right ones
 * @param explanation why
 * @param source what it rests on
 * @param difficulty from 1, easy, to 3
 * @param tags for finding it
 */
public record NewQuestion(String key, QuestionKind kind, String stem, List<Option> options, List<String> answer,
		String explanation, Source source, int difficulty, List<String> tags) {

}
