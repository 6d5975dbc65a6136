package cn.qingfeng.quiz.correction;

import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.quiz.bank.QuestionKind;

/**
 * The present key of the question that a correction is about.
 *
 * @param question which
 * @param kind how many options may be right
 * @param optionCount how many it has
 * @param options right now, as bits over the author's order
 * @param everyoneRight whether an earlier correction gave it to all
 */
record CorrectedKey(Correction.Question question, QuestionKind kind, int optionCount, int options,
		boolean everyoneRight) {

	/** What is right by the proposal; 422 when that makes no sense. */
	int bits(Proposal proposal) {
		Violations violations = new Violations();
		violations.require(proposal.everyoneRight() == proposal.letters().isEmpty(), "options",
				"请填写更正后的正确选项，或者选择全员答对，二者选一");
		int bits = proposal.letters().stream().mapToInt(CorrectedKey::bit).reduce(0, (one, other) -> one | other);
		violations.require(bits < 1 << this.optionCount, "options", "没有这个选项");
		violations.require(Integer.bitCount(bits) == proposal.letters().size(), "options", "选项重复");
		violations.require(this.kind == QuestionKind.MULTIPLE || Integer.bitCount(bits) <= 1, "options", "本题只能有一个正确选项");
		violations.require(isChange(proposal, bits), "options", "与现在的答案相同");
		violations.throwIfAny();
		return bits;
	}

	private boolean isChange(Proposal proposal, int bits) {
		return proposal.everyoneRight() != this.everyoneRight || bits != (this.everyoneRight ? 0 : this.options)
				|| proposal.explanation() != null;
	}

	private static int bit(String letter) {
		return 1 << letter.charAt(0) - 'A';
	}

}
