package cn.qingfeng.quiz.correction;

import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.quiz.bank.QuestionContent;
import cn.qingfeng.quiz.bank.QuestionKind;

/**
 * The present key of the question that a correction is about.
 *
 * @param question which
 * @param kind how it is answered
 * @param optionCount how many options it has, none when the answer is written
 * @param blanks lines of a written answer, 0 for a choice
 * @param present what is right now
 */
record CorrectedKey(Correction.Question question, QuestionKind kind, int optionCount, int blanks, Key present) {

	/** What is right by the proposal; 422 when that makes no sense. */
	Key by(Proposal proposal) {
		Violations violations = new Violations();
		Key key = this.kind.isWritten() ? written(proposal, violations) : choice(proposal, violations);
		violations.require(!key.countsLike(this.present) || proposal.explanation() != null, field(), "与现在的答案相同");
		violations.throwIfAny();
		return key;
	}

	private Key choice(Proposal proposal, Violations violations) {
		violations.require(proposal.parts().isEmpty(), "parts", "本题是选择题或判断题，请填写正确选项，没有填空或关键词");
		violations.require(proposal.everyoneRight() == proposal.letters().isEmpty(), field(),
				"请填写更正后的正确选项，或者选择全员答对，二者选一");
		int bits = proposal.letters().stream().mapToInt(CorrectedKey::bit).reduce(0, (one, other) -> one | other);
		violations.require(bits < 1 << this.optionCount, "options", "没有这个选项");
		violations.require(Integer.bitCount(bits) == proposal.letters().size(), "options", "选项重复");
		violations.require(this.kind == QuestionKind.MULTIPLE || Integer.bitCount(bits) <= 1, "options", "本题只能有一个正确选项");
		return new Key(bits, proposal.parts(), proposal.everyoneRight());
	}

	private Key written(Proposal proposal, Violations violations) {
		violations.require(proposal.letters().isEmpty(), "options", "本题是填空题或简答题，请填写各空或关键词的答案，没有选项");
		violations.require(proposal.everyoneRight() == proposal.parts().isEmpty(), field(),
				"请填写更正后各空或关键词的答案，或者选择全员答对，二者选一");
		if (!proposal.parts().isEmpty()) {
			violations.require(this.kind != QuestionKind.FILL_IN || proposal.parts().size() == this.blanks, field(),
					"本题有 %d 个空，请逐空填写答案".formatted(this.blanks));
			QuestionContent.flaw(this.kind, proposal.parts())
				.ifPresent((flaw) -> violations.add(flaw.field().path(), flaw.words()));
		}
		return new Key(0, proposal.parts(), proposal.everyoneRight());
	}

	private String field() {
		return this.kind.isWritten() ? "parts" : "options";
	}

	private static int bit(String letter) {
		return 1 << letter.charAt(0) - 'A';
	}

}
