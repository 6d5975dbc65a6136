package cn.qingfeng.quiz.exchange;

import java.util.HashSet;

import cn.qingfeng.quiz.bank.QuestionKind;

/**
 * What a question must be to go into a bank, whatever file it comes from.
 */
final class QuestionRules {

	static final int MOST_OPTIONS = 10;

	private static final int LONGEST_STEM = 1_000;

	private static final int LONGEST_OPTION = 500;

	private static final int LONGEST_EXPLANATION = 2_000;

	private static final int LONGEST_SOURCE = 200;

	private static final int MOST_TAGS = 10;

	private static final int HARDEST = 3;

	private QuestionRules() {
	}

	static DraftQuestion checked(DraftQuestion question) throws RowException {
		text("题干", question.stem(), 1, LONGEST_STEM);
		text("解析", question.explanation(), 0, LONGEST_EXPLANATION);
		text("出处", question.document(), 0, LONGEST_SOURCE);
		text("条款", question.clause(), 0, LONGEST_SOURCE);
		options(question);
		answer(question);
		require(question.difficulty() >= 1 && question.difficulty() <= HARDEST, "难度", "难度须为 1、2 或 3");
		require(question.tags().size() <= MOST_TAGS, "标签", "标签最多 10 个");
		for (String tag : question.tags()) {
			text("标签", tag, 1, 50);
		}
		return question;
	}

	private static void options(DraftQuestion question) throws RowException {
		int count = question.options().size();
		require(count >= 2, "选项", "至少要有两个选项");
		require(count <= MOST_OPTIONS, "选项", "选项最多 10 个");
		for (String option : question.options()) {
			text("选项", option, 1, LONGEST_OPTION);
		}
		require(new HashSet<>(question.options()).size() == count, "选项", "有两个选项相同");
	}

	private static void answer(DraftQuestion question) throws RowException {
		int right = question.answer().size();
		require(right >= 1, "答案", "没有答案");
		require(question.answer().stream().allMatch((at) -> at < question.options().size()), "答案", "答案不在选项里");
		require(question.kind() == QuestionKind.MULTIPLE || right == 1, "答案", "这种题型只能有一个答案");
		require(question.kind() != QuestionKind.MULTIPLE || right >= 2, "答案", "多选题至少要有两个答案");
	}

	private static void text(String column, String text, int shortest, int longest) throws RowException {
		require(text.length() >= shortest, column, column + "是空的");
		require(text.length() <= longest, column, column + "超过 " + longest + " 个字");
		require(text.chars().noneMatch((c) -> c < ' ' && c != '\n'), column, column + "含有不能显示的字符");
	}

	private static void require(boolean holds, String column, String words) throws RowException {
		if (!holds) {
			throw new RowException(column, words);
		}
	}

}
