package cn.qingfeng.quiz.exchange;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import cn.qingfeng.quiz.bank.QuestionKind;
import org.jspecify.annotations.Nullable;

/**
 * Questions in a table: a row each, headings somewhere in the first rows, options in
 * columns of their own or together in one cell behind their letters.
 */
final class QuestionTable {

	private static final int HEADINGS_WITHIN = 10;

	private static final Pattern OPTION = Pattern.compile("^(?:选项|答案选项)?([A-J])(?:选项|项)?$");

	private static final Pattern BETWEEN_TAGS = Pattern.compile("[,，;；、\\s]+");

	private QuestionTable() {
	}

	static ReadFile read(List<TableRow> rows) {
		for (int i = 0; i < Math.min(HEADINGS_WITHIN, rows.size()); i++) {
			Headings headings = Headings.of(rows.get(i).cells());
			if (headings.isComplete()) {
				return read(rows.subList(i + 1, rows.size()), headings);
			}
		}
		return ReadFile.unreadable("前 " + HEADINGS_WITHIN + " 行里没有找到表头：至少要有“题干”和“答案”两列");
	}

	/** In the layout that reads back the same, headings first. */
	static List<List<String>> write(List<DraftQuestion> questions) {
		int most = questions.stream().mapToInt((question) -> question.options().size()).max().orElse(4);
		Stream<String> letters = Stream.iterate(0, (i) -> i + 1).limit(most).map((i) -> "选项" + letter(i));
		List<String> headings = Stream.of(Stream.of("题型", "题干"), letters, Stream.of("答案", "解析", "出处", "条款", "难度", "标签"))
			.flatMap((each) -> each)
			.toList();
		return Stream.concat(Stream.of(headings), questions.stream().map((question) -> row(question, most))).toList();
	}

	private static List<String> row(DraftQuestion question, int most) {
		List<String> row = new ArrayList<>(List.of(name(question.kind()), question.stem()));
		boolean statement = question.kind() == QuestionKind.TRUE_FALSE;
		for (int i = 0; i < most; i++) {
			row.add((!statement && i < question.options().size()) ? question.options().get(i) : "");
		}
		row.add(answer(question));
		row.addAll(List.of(question.explanation(), question.document(), question.clause(),
				String.valueOf(question.difficulty()), String.join("、", question.tags())));
		return row;
	}

	private static String answer(DraftQuestion question) {
		return switch (question.kind()) {
			case TRUE_FALSE -> question.answer().contains(0) ? "对" : "错";
			case SINGLE, MULTIPLE -> String.join("", question.answer().stream().map(QuestionTable::letter).toList());
			case FILL_IN, SHORT -> PartNotation.write(question.parts());
		};
	}

	private static String letter(int position) {
		return String.valueOf((char) ('A' + position));
	}

	private static String name(QuestionKind kind) {
		return switch (kind) {
			case SINGLE -> "单选题";
			case MULTIPLE -> "多选题";
			case TRUE_FALSE -> "判断题";
			case FILL_IN -> "填空题";
			case SHORT -> "简答题";
		};
	}

	private static ReadFile read(List<TableRow> rows, Headings headings) {
		ReadFile.Builder file = new ReadFile.Builder();
		for (TableRow row : rows) {
			if (row.cells().stream().anyMatch((cell) -> !cell.isBlank())) {
				add(file, row.number(), new Cells(headings, row.cells()));
			}
		}
		return file.build();
	}

	private static void add(ReadFile.Builder file, int row, Cells cells) {
		file.add(row, () -> question(row, cells));
	}

	private static DraftQuestion question(int row, Cells cells) throws RowException {
		List<String> options = cells.options();
		String answer = cells.text(Column.ANSWER);
		if (answer.isEmpty()) {
			throw new RowException("答案", "没有答案");
		}
		Optional<Boolean> judgement = AnswerNotation.judgement(answer);
		boolean statement = cells.isKind("判断") || options.isEmpty() && judgement.isPresent() && !cells.isWritten();
		DraftQuestion question = statement ? statement(row, cells, options, answer)
				: cells.isWritten() ? written(row, cells, answer) : choice(row, cells, options, answer);
		List<String> tags = BETWEEN_TAGS.splitAsStream(cells.text(Column.TAGS))
			.filter((tag) -> !tag.isEmpty())
			.toList();
		return new DraftQuestion(row, question.kind(), question.stem(), question.options(), question.answer(),
				question.parts(), cells.text(Column.EXPLANATION), cells.text(Column.DOCUMENT),
				cells.text(Column.CLAUSE), Labels.difficulty(cells.text(Column.DIFFICULTY)), tags);
	}

	private static DraftQuestion statement(int row, Cells cells, List<String> options, String answer)
			throws RowException {
		Optional<Boolean> truth = AnswerNotation.judgement(answer);
		if (truth.isEmpty() && options.size() == 2) {
			truth = AnswerNotation.letters(answer)
				.filter((letters) -> letters.size() == 1 && letters.getFirst() < 2)
				.flatMap((letters) -> AnswerNotation.judgement(options.get(letters.getFirst())));
		}
		boolean isTrue = truth.orElseThrow(() -> new RowException("答案", "判断题的答案请写“对”或“错”"));
		return DraftQuestion.statement(row, cells.text(Column.STEM), isTrue, "");
	}

	private static DraftQuestion written(int row, Cells cells, String answer) throws RowException {
		boolean filled = cells.isKind("填空");
		String keywords = cells.text(Column.KEYWORDS);
		return DraftQuestion.written(row, filled ? QuestionKind.FILL_IN : QuestionKind.SHORT, cells.text(Column.STEM),
				PartNotation.read((filled || keywords.isEmpty()) ? answer : keywords), "");
	}

	private static DraftQuestion choice(int row, Cells cells, List<String> options, String answer) throws RowException {
		List<Integer> right = AnswerNotation.letters(answer)
			.orElseThrow(() -> new RowException("答案", "答案“" + answer + "”看不懂，请写选项的字母，例如 ABD"));
		boolean multiple = cells.isKind("多选") || !cells.isKind("单选") && right.size() > 1;
		return DraftQuestion.bare(row, multiple ? QuestionKind.MULTIPLE : QuestionKind.SINGLE, cells.text(Column.STEM),
				options, right, "");
	}

	private enum Column {

		KIND("题型", "类型", "试题类型", "题目类型"), STEM("题干", "题目", "试题", "题目内容", "试题内容", "问题"), OPTIONS("选项", "备选项", "备选答案"),
		ANSWER("答案", "正确答案", "参考答案", "标准答案"), EXPLANATION("解析", "答案解析", "试题解析", "说明"),
		DOCUMENT("出处", "来源", "依据", "文件", "法规"), CLAUSE("条款", "条目", "条文"), DIFFICULTY("难度", "难易度", "难易程度"),
		TAGS("标签", "知识点", "关键词"), KEYWORDS("采分点", "得分点", "评分点", "评分关键词");

		private final Set<String> names;

		Column(String... names) {
			this.names = Set.of(names);
		}

	}

	/**
	 * Which column stands where.
	 *
	 * @param columns by what they hold
	 * @param options columns of single options by their position
	 */
	private record Headings(Map<Column, Integer> columns, Map<Integer, Integer> options) {

		static Headings of(List<String> row) {
			Map<Column, Integer> columns = new EnumMap<>(Column.class);
			Map<Integer, Integer> options = new TreeMap<>();
			for (int i = 0; i < row.size(); i++) {
				String heading = Normalizer.normalize(row.get(i), Normalizer.Form.NFKC).replaceAll("[\\s*:]", "");
				Matcher option = OPTION.matcher(heading);
				if (option.matches()) {
					options.putIfAbsent(option.group(1).charAt(0) - 'A', i);
				}
				for (Column column : Column.values()) {
					if (column.names.contains(heading)) {
						columns.putIfAbsent(column, i);
					}
				}
			}
			return new Headings(columns, options);
		}

		boolean isComplete() {
			return this.columns.containsKey(Column.STEM) && this.columns.containsKey(Column.ANSWER);
		}

	}

	private record Cells(Headings headings, List<String> row) {

		String text(Column column) {
			return cell(this.headings.columns().get(column));
		}

		boolean isKind(String word) {
			return text(Column.KIND).contains(word);
		}

		boolean isWritten() {
			return isKind("填空") || isKind("简答") || isKind("问答") || isKind("论述");
		}

		/** Up to the last that is filled; one that is empty before it is an error. */
		List<String> options() throws RowException {
			List<String> together = Lettered.split(text(Column.OPTIONS), 0);
			if (!together.isEmpty()) {
				return together;
			}
			List<String> options = new ArrayList<>();
			int gap = -1;
			for (Map.Entry<Integer, Integer> column : this.headings.options().entrySet()) {
				String option = cell(column.getValue());
				if (option.isEmpty()) {
					gap = (gap < 0) ? column.getKey() : gap;
				}
				else if (gap >= 0) {
					throw new RowException("选项" + letter(gap), "选项" + letter(gap) + "是空的");
				}
				else {
					options.add(option);
				}
			}
			return options;
		}

		private String cell(@Nullable Integer at) {
			return (at != null && at < this.row.size()) ? this.row.get(at).strip() : "";
		}

	}

}
