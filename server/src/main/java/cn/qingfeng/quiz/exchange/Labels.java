package cn.qingfeng.quiz.exchange;

import java.util.ArrayList;
import java.util.List;

/**
 * What a learning platform has no field for, written as tags so that it survives the way
 * there and back: {@code 出处:《…》}, {@code 条款:第八条}, {@code 难度:2}.
 */
final class Labels {

	private static final String DOCUMENT = "出处:";

	private static final String CLAUSE = "条款:";

	private static final String DIFFICULTY = "难度:";

	private Labels() {
	}

	static List<String> of(DraftQuestion question) {
		List<String> labels = new ArrayList<>(question.tags());
		if (!question.document().isEmpty()) {
			labels.add(DOCUMENT + question.document());
		}
		if (!question.clause().isEmpty()) {
			labels.add(CLAUSE + question.clause());
		}
		labels.add(DIFFICULTY + question.difficulty());
		return labels;
	}

	static DraftQuestion apply(DraftQuestion question, List<String> labels) throws RowException {
		String document = "";
		String clause = "";
		int difficulty = DraftQuestion.USUAL_DIFFICULTY;
		List<String> tags = new ArrayList<>();
		for (String label : labels) {
			if (label.startsWith(DOCUMENT)) {
				document = label.substring(DOCUMENT.length());
			}
			else if (label.startsWith(CLAUSE)) {
				clause = label.substring(CLAUSE.length());
			}
			else if (label.startsWith(DIFFICULTY)) {
				difficulty = difficulty(label.substring(DIFFICULTY.length()));
			}
			else {
				tags.add(label);
			}
		}
		return new DraftQuestion(question.row(), question.kind(), question.stem(), question.options(),
				question.answer(), question.explanation(), document, clause, difficulty, tags);
	}

	/** 1 to 3, or the words of offices for it. */
	static int difficulty(String text) throws RowException {
		return switch (text.strip()) {
			case "1", "易", "容易", "简单" -> 1;
			case "", "2", "中", "中等", "一般" -> 2;
			case "3", "难", "困难", "较难" -> 3;
			default -> throw new RowException("难度", "难度“" + text.strip() + "”看不懂，请写 1、2、3 或易、中、难");
		};
	}

}
