package cn.qingfeng.quiz.correction;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import cn.qingfeng.contract.admin.model.CorrectionDraft;
import cn.qingfeng.contract.admin.model.QuestionPart;
import cn.qingfeng.quiz.bank.Part;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be right.
 *
 * @param questionId of the question
 * @param letters of the right options in the author's order
 * @param parts what a written answer is graded by, instead of the present ones
 * @param everyoneRight instead of any options or parts
 * @param explanation instead of the present one
 * @param reason for members
 */
record Proposal(UUID questionId, List<String> letters, List<Part> parts, boolean everyoneRight,
		@Nullable String explanation, String reason) {

	Proposal {
		letters = List.copyOf(letters);
		parts = List.copyOf(parts);
	}

	static Proposal from(CorrectionDraft draft) {
		return new Proposal(draft.getQuestionId(), Objects.requireNonNullElse(draft.getOptions(), List.of()),
				parts(draft), Boolean.TRUE.equals(draft.getEveryoneRight()), draft.getExplanation(),
				draft.getReason().strip());
	}

	private static List<Part> parts(CorrectionDraft draft) {
		return Objects.requireNonNullElse(draft.getParts(), List.<QuestionPart>of())
			.stream()
			.map((part) -> new Part(part.getAccepted(), part.getWeight()))
			.toList();
	}

	@Override
	public String toString() {
		return "Proposal[" + this.questionId + "]";
	}

}
