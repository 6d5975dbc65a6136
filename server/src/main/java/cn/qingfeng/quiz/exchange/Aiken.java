package cn.qingfeng.quiz.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.qingfeng.quiz.bank.QuestionKind;

/**
 * Moodle's Aiken format: a question on one line, an option on each of the next behind
 * {@code A.} or {@code A)}, and {@code ANSWER: B}; single choice only.
 *
 * @see <a href="https://docs.moodle.org/en/Aiken_format">Aiken format</a>
 */
final class Aiken {

	private static final Pattern OPTION = Pattern.compile("^([A-Z])[.)]\\s*(.*)$");

	private static final Pattern ANSWER = Pattern.compile("^ANSWER:\\s*([A-Z])\\s*$");

	private Aiken() {
	}

	static ReadFile read(List<String> lines) {
		ReadFile.Builder file = new ReadFile.Builder();
		List<String> block = new ArrayList<>();
		int begin = 0;
		for (int i = 0; i < lines.size(); i++) {
			String line = lines.get(i).strip();
			if (line.isEmpty()) {
				continue;
			}
			if (block.isEmpty()) {
				begin = i + 1;
			}
			block.add(line);
			if (ANSWER.matcher(line).matches()) {
				finish(file, begin, block);
				block = new ArrayList<>();
			}
		}
		if (!block.isEmpty()) {
			file.add(begin, () -> {
				throw new RowException("答案", "没有 ANSWER 行");
			});
		}
		return file.build();
	}

	private static void finish(ReadFile.Builder file, int row, List<String> block) {
		file.add(row, () -> question(row, block));
	}

	private static DraftQuestion question(int row, List<String> block) throws RowException {
		List<String> options = new ArrayList<>();
		for (String line : block.subList(1, block.size() - 1)) {
			Matcher option = OPTION.matcher(line);
			if (!option.matches() || option.group(1).charAt(0) != 'A' + options.size()) {
				throw new RowException("选项", "这一行不是下一个选项：" + line);
			}
			options.add(option.group(2).strip());
		}
		Matcher answer = ANSWER.matcher(block.getLast());
		int right = answer.matches() ? answer.group(1).charAt(0) - 'A' : -1;
		return DraftQuestion.bare(row, QuestionKind.SINGLE, block.getFirst(), options, List.of(right), "");
	}

}
