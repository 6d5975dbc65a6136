package cn.qingfeng.quiz.attempt;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a member may know of an own attempt now.
 *
 * @param answered its present state
 * @param review key and explanations, null while the policy keeps them
 * @param regradings how the result changed, oldest first
 */
record MarkedAttempt(AnsweredAttempt answered, @Nullable List<ReviewedQuestion> review, List<Regraded> regradings) {

	MarkedAttempt {
		regradings = List.copyOf(regradings);
	}

	/**
	 * A change of the result by a correction of the key.
	 *
	 * @param at when
	 * @param before the result until then
	 * @param after the result since
	 * @param reason as the staff wrote it; tells of the key
	 */
	record Regraded(Instant at, Score before, Score after, String reason) {

	}

	/**
	 * A question with its key.
	 *
	 * @param questionId on the paper
	 * @param correct whether the member answered it wholly rightly
	 * @param everyoneRight whether a correction gave it to all who had it
	 * @param percent of the question's marks
	 * @param remark why a person marked it so, null while only the machine has
	 * @param key ids of the right options
	 * @param accepted what is taken for each part of a written answer
	 * @param explanation why
	 * @param source document and clause
	 */
	record ReviewedQuestion(UUID questionId, boolean correct, boolean everyoneRight, int percent,
			@Nullable String remark, List<String> key, List<List<String>> accepted, String explanation, String source) {

	}

}
