package cn.qingfeng.quiz.exchange;

import java.util.ArrayList;
import java.util.List;

import cn.qingfeng.quiz.bank.QuestionKind;

/**
 * What a learning platform has no field for, written as tags so that it survives the way
 * there and back: {@code 出处:《…》}, {@code 条款:第八条}, {@code 难度:2}, and {@code 填空:甲；乙} or
 * {@code 关键词:甲；乙} for the key of a written answer.
 */
final class Labels {

	private static final String DOCUMENT = "出处:";

	private static final String CLAUSE = "条款:";

	private static final String DIFFICULTY = "难度:";

	private static final String BLANKS = "填空:";

	private static final String KEYWORDS = "关键词:";

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
			else if (!label.startsWith(BLANKS) && !label.startsWith(KEYWORDS)) {
				tags.add(label);
			}
		}
		return question.described(document, clause, difficulty, tags);
	}

	/** Of a question whose key the format cannot carry. */
	static List<String> withKey(DraftQuestion question) {
		List<String> labels = new ArrayList<>(of(question));
		labels.add(
				((question.kind() == QuestionKind.FILL_IN) ? BLANKS : KEYWORDS) + PartNotation.write(question.parts()));
		return labels;
	}

	/** An essay of a learning platform, with the key that its labels tell. */
	static DraftQuestion essay(int row, String stem, String explanation, List<String> labels) throws RowException {
		for (String label : labels) {
			if (label.startsWith(BLANKS)) {
				return DraftQuestion.written(row, QuestionKind.FILL_IN, stem,
						PartNotation.read(label.substring(BLANKS.length())), explanation);
			}
			if (label.startsWith(KEYWORDS)) {
				return DraftQuestion.written(row, QuestionKind.SHORT, stem,
						PartNotation.read(label.substring(KEYWORDS.length())), explanation);
			}
		}
		throw new RowException("答案", "问答题要带标签“" + KEYWORDS + "甲；乙”，才能按关键词评分");
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
