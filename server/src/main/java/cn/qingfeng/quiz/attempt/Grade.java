package cn.qingfeng.quiz.attempt;

import java.util.List;
import java.util.UUID;

import cn.qingfeng.quiz.round.AnswerKey;

/**
 * What a written answer is worth, kept with it so that figures need not grade again.
 *
 * @param attemptId of the attempt
 * @param questionId on its paper
 * @param credit thousandths of the question's marks
 */
record Grade(UUID attemptId, UUID questionId, int credit) {

	/** Of each written answer of an attempt. */
	static List<Grade> of(AnsweredAttempt answered, AnswerKey key) {
		return answered.answers()
			.stream()
			.filter((answer) -> answer.text() != null)
			.map((answer) -> new Grade(answered.attempt().id(), answer.questionId(),
					answer.credit(key.of(answer.questionId()))))
			.toList();
	}

}
