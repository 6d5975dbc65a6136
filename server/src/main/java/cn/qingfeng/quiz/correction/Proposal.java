package cn.qingfeng.quiz.correction;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import cn.qingfeng.contract.admin.model.CorrectionDraft;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be right.
 *
 * @param questionId of the question
 * @param letters of the right options in the author's order
 * @param everyoneRight instead of any options
 * @param explanation instead of the present one
 * @param reason for members
 */
record Proposal(UUID questionId, List<String> letters, boolean everyoneRight, @Nullable String explanation,
		String reason) {

	Proposal {
		letters = List.copyOf(letters);
	}

	static Proposal from(CorrectionDraft draft) {
		return new Proposal(draft.getQuestionId(), Objects.requireNonNullElse(draft.getOptions(), List.of()),
				Boolean.TRUE.equals(draft.getEveryoneRight()), draft.getExplanation(), draft.getReason().strip());
	}

}
