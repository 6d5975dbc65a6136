package cn.qingfeng.quiz.attempt;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.quiz.bank.QuestionKind;

/**
 * A question as it stands on one paper.
 *
 * @param id of the question
 * @param kind how many options may be right
 * @param stem what is asked
 * @param options in the order of this paper
 */
record PaperQuestion(UUID id, QuestionKind kind, String stem, List<PaperOption> options) {

	PaperQuestion {
		options = List.copyOf(options);
	}

	/**
	 * An answer as a set of bits over the author's order; no options is an answer taken
	 * back. 422 for what no phone of ours would send.
	 */
	int bits(List<String> optionIds) {
		int bits = 0;
		for (String id : optionIds) {
			int bit = option(id).orElseThrow(() -> Violations.of("optionIds", "没有这个选项")).bit();
			if ((bits & bit) != 0) {
				throw Violations.of("optionIds", "选项重复");
			}
			bits |= bit;
		}
		if (this.kind != QuestionKind.MULTIPLE && Integer.bitCount(bits) > 1) {
			throw Violations.of("optionIds", "本题只能选一项");
		}
		return bits;
	}

	/** The options of such a set, in the order of this paper. */
	List<String> optionIds(int bits) {
		return this.options.stream().filter((option) -> (bits & option.bit()) != 0).map(PaperOption::id).toList();
	}

	private Optional<PaperOption> option(String id) {
		return this.options.stream().filter((option) -> option.id().equals(id)).findFirst();
	}

}
