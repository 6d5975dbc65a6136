package cn.qingfeng.quiz.attempt;

import java.util.List;

import cn.qingfeng.quiz.attempt.MarkedAttempt.ReviewedQuestion;
import org.jspecify.annotations.Nullable;

/**
 * An own attempt with its questions, as its member may see it now.
 *
 * @param sheet what never changes
 * @param marked its present state
 */
record MarkedPaper(Sheet sheet, MarkedAttempt marked) {

	AnsweredAttempt answered() {
		return this.marked.answered();
	}

	@Nullable List<ReviewedQuestion> review() {
		return this.marked.review();
	}

}
