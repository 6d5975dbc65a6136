package cn.qingfeng.quiz.attempt;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An own attempt as its member may see it now.
 *
 * @param sheet what never changes
 * @param answered its present state
 * @param review key and explanations, null while the policy keeps them
 */
record MarkedPaper(Sheet sheet, AnsweredAttempt answered, @Nullable List<ReviewedQuestion> review) {

	/**
	 * A question with its key.
	 *
	 * @param questionId on the paper
	 * @param correct whether the member answered it wholly rightly
	 * @param percent of the question's marks
	 * @param remark why a person marked it so, null while only the machine has
	 * @param key ids of the right options
	 * @param accepted what is taken for each part of a written answer
	 * @param explanation why
	 * @param source document and clause
	 */
	record ReviewedQuestion(UUID questionId, boolean correct, int percent, @Nullable String remark, List<String> key,
			List<List<String>> accepted, String explanation, String source) {

	}

}
