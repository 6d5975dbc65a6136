package cn.qingfeng.quiz.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.qingfeng.quiz.bank.QuestionKind;
import org.jspecify.annotations.Nullable;

/**
 * Questions as they are typed in a document: {@code 1. 题干（  ）}, a line for each option or
 * all on one, {@code 答案：B}, {@code 解析：…}. The answer may also stand in the brackets of
 * the stem. Questions without options are statements when their answer is a judgement,
 * and else are filled in, or answered shortly under a heading such as {@code 五、简答题} or
 * with a line {@code 关键词：…}.
 */
final class TextLayout {

	private static final Pattern NUMBER = Pattern.compile("^\\s*(?:第)?\\d{1,4}\\s*(?:题[:：.．、]?|[.．、:：)）])\\s*(.*)$");

	private static final Pattern ANSWER = Pattern.compile("^\\s*[\\[【（(]?(?:正确|参考|标准)?答案[\\]】）)]?\\s*[:：]?\\s*(.+)$");

	private static final Pattern EXPLANATION = Pattern.compile("^\\s*[\\[【]?(?:答案)?解析[\\]】]?\\s*[:：]?\\s*(.*)$");

	private static final Pattern SOURCE = Pattern.compile("^\\s*[\\[【]?(?:出处|依据|来源)[\\]】]?\\s*[:：]\\s*(.*)$");

	private static final Pattern CLAUSE = Pattern.compile("^(《[^》]+》)\\s*(.*)$");

	private static final Pattern IN_BRACKETS = Pattern
		.compile("[（(]\\s*([A-JＡ-Ｊ、,，\\s]{1,20}|对|错|正确|错误|√|×)\\s*[)）]\\s*[。.]?\\s*$");

	private static final Pattern KEYWORDS = Pattern
		.compile("^\\s*[\\[【]?(?:评分)?(?:关键词|采分点|得分点)[\\]】]?\\s*[:：]\\s*(.+)$");

	private static final Pattern SHORT = Pattern.compile("简答|问答|论述");

	private static final Pattern HEADING = Pattern.compile("^\\s*[一二三四五六七八九十]+\\s*[、.．].*$");

	private TextLayout() {
	}

	static ReadFile read(List<String> lines) {
		ReadFile.Builder file = new ReadFile.Builder();
		Block block = null;
		boolean isShort = false;
		for (int i = 0; i < lines.size(); i++) {
			String line = lines.get(i).strip();
			Matcher number = NUMBER.matcher(line);
			if (number.matches()) {
				finish(block, file);
				block = new Block(i + 1, number.group(1), isShort);
			}
			else if (HEADING.matcher(line).matches()) {
				finish(block, file);
				block = null;
				isShort = SHORT.matcher(line).find();
			}
			else if (block != null && !line.isEmpty()) {
				block.add(line);
			}
		}
		finish(block, file);
		return file.build();
	}

	private static void finish(@Nullable Block block, ReadFile.Builder file) {
		if (block != null) {
			file.add(block.row, block::question);
		}
	}

	private static final class Block {

		private final int row;

		private final StringBuilder stem;

		private final List<String> options = new ArrayList<>();

		private final StringBuilder explanation = new StringBuilder();

		private final boolean isShort;

		private String answer = "";

		private String keywords = "";

		private String source = "";

		private boolean explaining;

		Block(int row, String stem, boolean isShort) {
			this.row = row;
			this.isShort = isShort;
			this.stem = new StringBuilder(stem);
		}

		void add(String line) {
			Matcher explained = EXPLANATION.matcher(line);
			Matcher sourced = SOURCE.matcher(line);
			Matcher keyed = KEYWORDS.matcher(line);
			Matcher answered = ANSWER.matcher(line);
			if (explained.matches()) {
				this.explaining = true;
				this.explanation.append(explained.group(1));
			}
			else if (sourced.matches()) {
				this.source = sourced.group(1).strip();
			}
			else if (keyed.matches()) {
				this.keywords = keyed.group(1).strip();
			}
			else if (answered.matches()) {
				this.answer = answered.group(1).strip();
			}
			else if (this.explaining) {
				this.explanation.append('\n').append(line);
			}
			else if (Lettered.beginsIn(line)) {
				this.options.addAll(Lettered.split(line, this.options.size()));
			}
			else if (this.options.isEmpty()) {
				this.stem.append(line);
			}
			else {
				this.options.set(this.options.size() - 1, this.options.getLast() + line);
			}
		}

		DraftQuestion question() throws RowException {
			String asked = this.stem.toString().strip();
			String given = this.answer;
			Matcher inside = IN_BRACKETS.matcher(asked);
			if (this.isShort || !this.keywords.isEmpty()) {
				return sourced(shortAnswer(asked));
			}
			if (given.isEmpty() && inside.find()) {
				given = inside.group(1);
				asked = asked.substring(0, inside.start()) + "（  ）";
			}
			if (given.isEmpty()) {
				throw new RowException("答案", "没有找到答案");
			}
			return sourced(this.options.isEmpty() ? withoutOptions(asked, given) : choice(asked, given));
		}

		private DraftQuestion withoutOptions(String asked, String given) throws RowException {
			Optional<Boolean> judgement = AnswerNotation.judgement(given);
			String why = this.explanation.toString().strip();
			if (judgement.isPresent()) {
				return DraftQuestion.statement(this.row, asked, judgement.get(), why);
			}
			if (AnswerNotation.letters(given).isPresent()) {
				throw new RowException("选项", "答案是选项的字母，但没有找到选项");
			}
			return DraftQuestion.written(this.row, QuestionKind.FILL_IN, asked, PartNotation.read(given), why);
		}

		/** A model answer beside the keywords goes before the explanation. */
		private DraftQuestion shortAnswer(String asked) throws RowException {
			String given = this.keywords.isEmpty() ? this.answer : this.keywords;
			if (given.isEmpty()) {
				throw new RowException("答案", "没有找到答案");
			}
			String model = this.keywords.isEmpty() ? "" : this.answer + "\n";
			return DraftQuestion.written(this.row, QuestionKind.SHORT, asked, PartNotation.read(given),
					(model + this.explanation).strip());
		}

		private DraftQuestion choice(String asked, String given) throws RowException {
			List<Integer> right = right(given);
			QuestionKind kind = (right.size() > 1) ? QuestionKind.MULTIPLE : QuestionKind.SINGLE;
			return DraftQuestion.bare(this.row, kind, asked, this.options, right, this.explanation.toString().strip());
		}

		private List<Integer> right(String given) throws RowException {
			Optional<List<Integer>> letters = AnswerNotation.letters(given);
			if (letters.isPresent()) {
				return letters.get();
			}
			int same = this.options.indexOf(given);
			if (same < 0) {
				throw new RowException("答案", "答案“" + given + "”看不懂，请写选项的字母");
			}
			return List.of(same);
		}

		private DraftQuestion sourced(DraftQuestion question) {
			Matcher named = CLAUSE.matcher(this.source);
			String document = named.matches() ? named.group(1) : this.source;
			String clause = named.matches() ? named.group(2) : "";
			return question.described(document, clause, question.difficulty(), question.tags());
		}

	}

}
