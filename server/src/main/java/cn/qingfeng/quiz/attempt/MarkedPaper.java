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
	 * @param correct whether the member answered it rightly
	 * @param key ids of the right options
	 * @param explanation why
	 * @param source document and clause
	 */
	record ReviewedQuestion(UUID questionId, boolean correct, List<String> key, String explanation, String source) {

	}

}
