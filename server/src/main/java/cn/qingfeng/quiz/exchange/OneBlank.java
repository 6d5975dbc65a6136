package cn.qingfeng.quiz.exchange;

import cn.qingfeng.quiz.bank.QuestionKind;

/**
 * What the short answers of learning platforms can say: one blank, filled by any of some
 * texts.
 */
final class OneBlank {

	private OneBlank() {
	}

	static boolean fits(DraftQuestion question) {
		return question.kind() == QuestionKind.FILL_IN && question.parts().size() == 1
				&& question.parts().getFirst().weight() == 1;
	}

}
