package cn.qingfeng.quiz.round;

import java.util.List;
import java.util.UUID;

import cn.qingfeng.quiz.bank.Option;
import cn.qingfeng.quiz.bank.Question;
import cn.qingfeng.quiz.bank.QuestionKind;

/**
 * A question with its key, as publishing keeps it.
 *
 * @param rule position of the rule that may draw it
 * @param questionId of the question
 * @param kind how many options may be right
 * @param stem what is asked
 * @param options texts, in the author's order
 * @param key right options as bits over that order
 * @param explanation why
 * @param source document and clause
 */
record FrozenQuestion(int rule, UUID questionId, QuestionKind kind, String stem, List<String> options, int key,
		String explanation, String source) {

	FrozenQuestion {
		options = List.copyOf(options);
	}

	static FrozenQuestion of(Candidate candidate) {
		Question question = candidate.question();
		return new FrozenQuestion(candidate.rule(), question.id(), question.kind(), question.stem(),
				question.options().stream().map(Option::text).toList(), question.answerBits(), question.explanation(),
				question.source().text());
	}

	@Override
	public String toString() {
		return "FrozenQuestion[" + this.questionId + "]";
	}

}
