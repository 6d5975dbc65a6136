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
 * the stem.
 */
final class TextLayout {

	private static final Pattern NUMBER = Pattern.compile("^\\s*(?:第)?\\d{1,4}\\s*(?:题[:：.．、]?|[.．、:：)）])\\s*(.*)$");

	private static final Pattern ANSWER = Pattern.compile("^\\s*[\\[【（(]?(?:正确|参考|标准)?答案[\\]】）)]?\\s*[:：]?\\s*(.+)$");

	private static final Pattern EXPLANATION = Pattern.compile("^\\s*[\\[【]?(?:答案)?解析[\\]】]?\\s*[:：]?\\s*(.*)$");

	private static final Pattern SOURCE = Pattern.compile("^\\s*[\\[【]?(?:出处|依据|来源)[\\]】]?\\s*[:：]\\s*(.*)$");

	private static final Pattern CLAUSE = Pattern.compile("^(《[^》]+》)\\s*(.*)$");

	private static final Pattern IN_BRACKETS = Pattern
		.compile("[（(]\\s*([A-JＡ-Ｊ、,，\\s]{1,20}|对|错|正确|错误|√|×)\\s*[)）]\\s*[。.]?\\s*$");

	private static final Pattern HEADING = Pattern.compile("^\\s*[一二三四五六七八九十]+\\s*[、.．].*$");

	private TextLayout() {
	}

	static ReadFile read(List<String> lines) {
		ReadFile.Builder file = new ReadFile.Builder();
		Block block = null;
		for (int i = 0; i < lines.size(); i++) {
			String line = lines.get(i).strip();
			Matcher number = NUMBER.matcher(line);
			if (number.matches()) {
				finish(block, file);
				block = new Block(i + 1, number.group(1));
			}
			else if (HEADING.matcher(line).matches()) {
				finish(block, file);
				block = null;
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

		private String answer = "";

		private String source = "";

		private boolean explaining;

		Block(int row, String stem) {
			this.row = row;
			this.stem = new StringBuilder(stem);
		}

		void add(String line) {
			Matcher explained = EXPLANATION.matcher(line);
			Matcher sourced = SOURCE.matcher(line);
			Matcher answered = ANSWER.matcher(line);
			if (explained.matches()) {
				this.explaining = true;
				this.explanation.append(explained.group(1));
			}
			else if (sourced.matches()) {
				this.source = sourced.group(1).strip();
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
			if (given.isEmpty() && inside.find()) {
				given = inside.group(1);
				asked = asked.substring(0, inside.start()) + "（  ）";
			}
			if (given.isEmpty()) {
				throw new RowException("答案", "没有找到答案");
			}
			return sourced(this.options.isEmpty() ? statement(asked, given) : choice(asked, given));
		}

		private DraftQuestion statement(String asked, String given) throws RowException {
			boolean isTrue = AnswerNotation.judgement(given)
				.orElseThrow(() -> new RowException("选项", "没有选项的题只能是判断题，答案写“对”或“错”"));
			return DraftQuestion.statement(this.row, asked, isTrue, this.explanation.toString().strip());
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
			return new DraftQuestion(question.row(), question.kind(), question.stem(), question.options(),
					question.answer(), question.explanation(), document, clause, question.difficulty(),
					question.tags());
		}

	}

}
