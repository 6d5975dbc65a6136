package cn.qingfeng.quiz.bank;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What people decide about a question, in a file or at a screen.
 *
 * @param kind how it is answered
 * @param stem what is asked
 * @param options texts, none when the answer is written
 * @param answer positions of the right options, ascending from 0
 * @param parts of a written answer
 * @param explanation why; may be empty
 * @param document what it rests on; may be empty in a file
 * @param clause article or chapter of the document; may be empty
 * @param difficulty from 1 to 3
 * @param tags for finding it
 */
public record QuestionContent(QuestionKind kind, String stem, List<String> options, List<Integer> answer,
		List<Part> parts, String explanation, String document, String clause, int difficulty, List<String> tags) {

	private static final int MOST_OPTIONS = 10;

	private static final int MOST_PARTS = 20;

	private static final int HEAVIEST = 100;

	private static final int LONGEST_STEM = 1_000;

	private static final int LONGEST_OPTION = 500;

	private static final int LONGEST_PART = 100;

	/** Longer ones are sentences, which nobody writes word for word. */
	private static final int LONGEST_KEYWORD = 30;

	private static final int LONGEST_EXPLANATION = 2_000;

	private static final int LONGEST_SOURCE = 200;

	private static final int LONGEST_TAG = 50;

	private static final int MOST_TAGS = 10;

	private static final int HARDEST = 3;

	/** A list that a request leaves out, or says to be null, is empty. */
	public QuestionContent {
		stem = stem.strip();
		options = Objects.requireNonNullElse(options, List.<String>of()).stream().map(String::strip).toList();
		answer = List.copyOf(Objects.requireNonNullElse(answer, List.of()));
		parts = List.copyOf(Objects.requireNonNullElse(parts, List.of()));
		explanation = explanation.strip();
		document = document.strip();
		clause = clause.strip();
		tags = List.copyOf(Objects.requireNonNullElse(tags, List.of()));
	}

	List<Option> keyedOptions() {
		return IntStream.range(0, this.options.size())
			.mapToObj((position) -> new Option(key(position), this.options.get(position)))
			.toList();
	}

	List<String> answerKeys() {
		return this.answer.stream().map(QuestionContent::key).toList();
	}

	private static String key(int position) {
		return String.valueOf((char) ('a' + position));
	}

	/** The first thing that keeps it out of a bank. */
	public Optional<Flaw> flaw() {
		Check check = new Check();
		check.text(Field.STEM, this.stem, 1, LONGEST_STEM);
		check.text(Field.EXPLANATION, this.explanation, 0, LONGEST_EXPLANATION);
		check.text(Field.DOCUMENT, this.document, 0, LONGEST_SOURCE);
		check.text(Field.CLAUSE, this.clause, 0, LONGEST_SOURCE);
		if (this.kind.isWritten()) {
			written(check);
		}
		else {
			choice(check);
		}
		check.that(this.difficulty >= 1 && this.difficulty <= HARDEST, Field.DIFFICULTY, "难度须为 1、2 或 3");
		check.that(this.tags.size() <= MOST_TAGS, Field.TAGS, "标签最多 10 个");
		this.tags.forEach((tag) -> check.text(Field.TAGS, tag, 1, LONGEST_TAG));
		return check.first();
	}

	/** The first thing that keeps parts from being what a written answer is graded by. */
	public static Optional<Flaw> flaw(QuestionKind kind, List<Part> parts) {
		Check check = new Check();
		parts(check, kind, parts);
		return check.first();
	}

	private void choice(Check check) {
		int count = this.options.size();
		check.that(count >= 2, Field.OPTIONS, "至少要有两个选项");
		check.that(count <= MOST_OPTIONS, Field.OPTIONS, "选项最多 10 个");
		this.options.forEach((option) -> check.text(Field.OPTIONS, option, 1, LONGEST_OPTION));
		check.that(new HashSet<>(this.options).size() == count, Field.OPTIONS, "有两个选项相同");
		check.that(this.kind != QuestionKind.TRUE_FALSE || count == 2, Field.OPTIONS, "判断题只有两个选项");
		check.that(this.parts.isEmpty(), Field.PARTS, "选择题和判断题没有填空或关键词");
		check.that(!this.answer.isEmpty(), Field.ANSWER, "没有答案");
		check.that(this.answer.stream().allMatch((at) -> at >= 0 && at < count), Field.ANSWER, "答案不在选项里");
		check.that(new HashSet<>(this.answer).size() == this.answer.size(), Field.ANSWER, "答案重复");
		boolean multiple = this.kind == QuestionKind.MULTIPLE;
		check.that(multiple || this.answer.size() <= 1, Field.ANSWER, "这种题型只能有一个答案");
		check.that(!multiple || this.answer.size() >= 2, Field.ANSWER, "多选题至少要有两个答案");
	}

	private void written(Check check) {
		check.that(this.options.isEmpty() && this.answer.isEmpty(), Field.OPTIONS, "填空题和简答题没有选项");
		parts(check, this.kind, this.parts);
	}

	private static void parts(Check check, QuestionKind kind, List<Part> parts) {
		check.that(!parts.isEmpty(), Field.PARTS, "没有答案");
		check.that(parts.size() <= MOST_PARTS, Field.PARTS, "空或关键词最多 20 个");
		for (Part part : parts) {
			check.that(part.weight() >= 1 && part.weight() <= HEAVIEST, Field.PARTS, "每项分值须为 1 到 100");
			check.that(!part.accepted().isEmpty() && part.accepted().size() <= MOST_PARTS, Field.PARTS,
					"每个空或关键词要有 1 到 20 种写法");
			part.accepted().forEach((accepted) -> accepted(check, kind, accepted));
		}
	}

	private static void accepted(Check check, QuestionKind kind, String accepted) {
		check.text(Field.PARTS, accepted, 1, LONGEST_PART);
		check.that(!Written.plain(accepted).isEmpty() && accepted.indexOf('\n') < 0, Field.PARTS, "有一种写法是空的或分成了几行");
		check.that(kind != QuestionKind.SHORT || accepted.length() <= LONGEST_KEYWORD, Field.PARTS,
				"简答题按关键词给分，每个关键词最多 30 个字");
	}

	/**
	 * Something about a question, as files and as requests name it.
	 */
	public enum Field {

		STEM("题干", "stem"), OPTIONS("选项", "options"), ANSWER("答案", "answer"), PARTS("答案", "parts"),
		EXPLANATION("解析", "explanation"), DOCUMENT("出处", "document"), CLAUSE("条款", "clause"),
		DIFFICULTY("难度", "difficulty"), TAGS("标签", "tags");

		private final String heading;

		private final String path;

		Field(String heading, String path) {
			this.heading = heading;
			this.path = path;
		}

		/** Of its column in a table. */
		public String heading() {
			return this.heading;
		}

		/** In JSON. */
		public String path() {
			return this.path;
		}

	}

	/**
	 * What is wrong.
	 *
	 * @param field with what
	 * @param words in Chinese, for a person
	 */
	public record Flaw(Field field, String words) {

	}

	/** Keeps the first flaw. */
	private static final class Check {

		private Optional<Flaw> first = Optional.empty();

		void text(Field field, String text, int shortest, int longest) {
			that(text.length() >= shortest, field, field.heading() + "是空的");
			that(text.length() <= longest, field, field.heading() + "超过 " + longest + " 个字");
			that(text.chars().allMatch(Check::isVisible), field, field.heading() + "含有不能显示的字符");
		}

		void that(boolean holds, Field field, String words) {
			if (!holds && this.first.isEmpty()) {
				this.first = Optional.of(new Flaw(field, words));
			}
		}

		Optional<Flaw> first() {
			return this.first;
		}

		private static boolean isVisible(int c) {
			return c >= ' ' || c == '\n';
		}

	}

}
