package cn.qingfeng.quiz.round;

import java.util.List;
import java.util.UUID;

import cn.qingfeng.quiz.bank.Option;
import cn.qingfeng.quiz.bank.Part;
import cn.qingfeng.quiz.bank.Question;
import cn.qingfeng.quiz.bank.QuestionKind;
import cn.qingfeng.quiz.bank.Written;

/**
 * A question with its key, as publishing keeps it.
 *
 * @param rule position of the rule that may draw it
 * @param questionId of the question
 * @param kind how many options may be right
 * @param stem what is asked
 * @param options texts, in the author's order
 * @param blanks to be filled in, 0 for a question of another kind
 * @param key right options as bits over that order
 * @param parts what a written answer is graded by, nothing for a choice
 * @param explanation why
 * @param source document and clause
 */
record FrozenQuestion(int rule, UUID questionId, QuestionKind kind, String stem, List<String> options, int blanks,
		int key, List<Part> parts, String explanation, String source) {

	FrozenQuestion {
		options = List.copyOf(options);
		parts = List.copyOf(parts);
	}

	static FrozenQuestion of(Candidate candidate) {
		Question question = candidate.question();
		Written written = question.written();
		return new FrozenQuestion(candidate.rule(), question.id(), question.kind(), question.stem(),
				question.options().stream().map(Option::text).toList(), (written != null) ? written.blanks() : 0,
				question.answerBits(), question.parts(), question.explanation(), question.source().text());
	}

	@Override
	public String toString() {
		return "FrozenQuestion[" + this.questionId + "]";
	}

}
