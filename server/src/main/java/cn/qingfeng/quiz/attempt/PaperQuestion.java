package cn.qingfeng.quiz.attempt;

import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.quiz.bank.QuestionKind;
import org.jspecify.annotations.Nullable;

/**
 * A question as it stands on one paper.
 *
 * @param id of the question
 * @param kind how it is answered
 * @param stem what is asked
 * @param options in the order of this paper, none when the answer is written
 * @param blanks lines of a written answer, 0 for a choice
 * @param names of the options
 */
record PaperQuestion(UUID id, QuestionKind kind, String stem, List<PaperOption> options, int blanks,
		OptionNames names) {

	private static final int LONGEST_TEXT = 2_000;

	PaperQuestion {
		options = List.copyOf(options);
	}

	/**
	 * An answer as a set of bits over the author's order; no options is an answer taken
	 * back. 422 for what no phone of ours would send.
	 */
	int bits(@Nullable List<String> optionIds) {
		if (optionIds == null) {
			if (this.kind.isWritten()) {
				return 0;
			}
			throw Violations.of("optionIds", "请选择选项");
		}
		int bits = 0;
		List<String> known = optionIds();
		for (String id : optionIds) {
			int option = known.indexOf(id);
			if (option < 0) {
				throw Violations.of("optionIds", "没有这个选项");
			}
			int bit = this.options.get(option).bit();
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

	/**
	 * A written answer, empty when it is taken back; null for a choice. 422 for what no
	 * phone of ours would send.
	 */
	@Nullable String text(@Nullable String given) {
		if (!this.kind.isWritten()) {
			if (given != null) {
				throw Violations.of("text", "本题请选择选项");
			}
			return null;
		}
		if (given == null) {
			throw Violations.of("text", "请填写答案");
		}
		new Violations().require(given.length() <= LONGEST_TEXT, "text", "答案最多 2000 个字")
			.require(given.chars().allMatch((c) -> c >= ' ' || c == '\n'), "text", "答案含有不能保存的字符")
			.require(this.kind != QuestionKind.FILL_IN || given.lines().count() <= this.blanks, "text", "答案比空还多")
			.throwIfAny();
		return given.isBlank() ? "" : given;
	}

	/** All options, in the order of this paper. */
	List<String> optionIds() {
		return this.names.of(this.options);
	}

	/** The options of such a set, in the order of this paper. */
	List<String> optionIds(int bits) {
		return this.names.of(this.options.stream().filter((option) -> (bits & option.bit()) != 0).toList());
	}

}
