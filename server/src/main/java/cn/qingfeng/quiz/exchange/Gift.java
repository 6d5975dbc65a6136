package cn.qingfeng.quiz.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.qingfeng.quiz.bank.Part;
import cn.qingfeng.quiz.bank.QuestionKind;

/**
 * Moodle's GIFT format, as far as its questions are choices, statements, short answers of
 * one blank, or essays. Source, difficulty, tags and the keys of essays travel in the
 * comments that Moodle reads tags from: {@code // [tag:…]}.
 *
 * @see <a href="https://docs.moodle.org/en/GIFT_format">GIFT format</a>
 */
final class Gift {

	private static final Pattern TITLE = Pattern.compile("^::(?:\\\\.|[^\\\\])*?::");

	private static final Pattern MARKUP = Pattern.compile("^\\s*\\[(?:html|moodle|plain|markdown)]");

	private static final Pattern LABEL = Pattern.compile("\\[tag:((?:\\\\.|[^\\]\\\\])*)]");

	private static final Pattern WEIGHT = Pattern.compile("^%(-?\\d{1,3}(?:\\.\\d+)?)%");

	private static final int WHOLLY = 100;

	private static final String SPECIAL = "\\~=#{}:[]";

	private Gift() {
	}

	static ReadFile read(List<String> lines) {
		ReadFile.Builder file = new ReadFile.Builder();
		List<String> labels = new ArrayList<>();
		StringBuilder text = new StringBuilder();
		int begin = 0;
		for (int i = 0; i <= lines.size(); i++) {
			String line = (i < lines.size()) ? lines.get(i).strip() : "";
			if (line.startsWith("//")) {
				LABEL.matcher(line).results().map((label) -> plain(label.group(1))).forEach(labels::add);
			}
			else if (line.isEmpty() && !text.isEmpty()) {
				add(file, begin, text.toString(), labels);
				text.setLength(0);
				labels = new ArrayList<>();
			}
			else if (!line.isEmpty() && !line.startsWith("$CATEGORY:")) {
				begin = text.isEmpty() ? i + 1 : begin;
				text.append(text.isEmpty() ? "" : "\n").append(line);
			}
		}
		return file.build();
	}

	static String write(List<DraftQuestion> questions) {
		StringBuilder file = new StringBuilder();
		for (DraftQuestion question : questions) {
			file.append("//");
			boolean essay = question.kind().isWritten() && !OneBlank.fits(question);
			(essay ? Labels.withKey(question) : Labels.of(question))
				.forEach((label) -> file.append(" [tag:").append(escaped(label)).append(']'));
			file.append('\n').append(escaped(question.stem())).append(" {");
			answers(question, file);
			if (!question.explanation().isEmpty()) {
				file.append("\n####").append(escaped(question.explanation()));
			}
			file.append("\n}\n\n");
		}
		return file.toString();
	}

	private static void answers(DraftQuestion question, StringBuilder file) {
		if (question.kind() == QuestionKind.TRUE_FALSE) {
			file.append(question.answer().contains(0) ? "TRUE" : "FALSE");
			return;
		}
		if (OneBlank.fits(question)) {
			question.parts().getFirst().accepted().forEach((each) -> file.append("\n\t=").append(escaped(each)));
			return;
		}
		for (int i = 0; i < question.options().size(); i++) {
			boolean right = question.answer().contains(i);
			String mark = (question.kind() == QuestionKind.SINGLE) ? (right ? "=" : "~") : weight(question, right);
			file.append("\n\t").append(mark).append(escaped(question.options().get(i)));
		}
	}

	private static String weight(DraftQuestion question, boolean right) {
		return right ? "~%" + "%.5f".formatted(100.0 / question.answer().size()) + "%" : "~%-100%";
	}

	private static void add(ReadFile.Builder file, int row, String text, List<String> labels) {
		file.add(row, () -> Labels.apply(question(row, text, labels), labels));
	}

	private static DraftQuestion question(int row, String text, List<String> labels) throws RowException {
		String rest = MARKUP.matcher(TITLE.matcher(text).replaceFirst("").strip()).replaceFirst("");
		int open = plainIndex(rest, '{', 0);
		int close = (open < 0) ? -1 : plainIndex(rest, '}', open);
		if (close < 0) {
			throw new RowException("答案", "没有写在 { } 里的答案");
		}
		String after = rest.substring(close + 1).strip();
		String stem = plain(rest.substring(0, open).strip()) + (after.isEmpty() ? "" : "（  ）" + plain(after));
		return answered(row, stem, rest.substring(open + 1, close).strip(), labels);
	}

	private static DraftQuestion answered(int row, String stem, String body, List<String> labels) throws RowException {
		int general = generalFeedback(body);
		String explanation = (general < 0) ? "" : plain(body.substring(general + 4).strip());
		String answers = (general < 0) ? body : body.substring(0, general).strip();
		int feedback = plainIndex(answers, '#', 0);
		String word = (feedback < 0) ? answers : answers.substring(0, feedback);
		var judgement = AnswerNotation.judgement(word);
		if (judgement.isPresent() && !answers.startsWith("=") && !answers.startsWith("~")) {
			return DraftQuestion.statement(row, stem, judgement.get(), explanation);
		}
		if (answers.isEmpty()) {
			return Labels.essay(row, stem, explanation, labels);
		}
		return (answers.startsWith("=") && plainIndex(answers, '~', 0) < 0) ? blank(row, stem, answers, explanation)
				: choice(row, stem, answers, explanation);
	}

	private static DraftQuestion blank(int row, String stem, String answers, String explanation) throws RowException {
		if (answers.contains("->")) {
			throw new RowException("题型", "不支持连线题");
		}
		List<String> accepted = new ArrayList<>();
		for (int at = 0; at < answers.length(); at = nextOption(answers, at + 1)) {
			String answer = answers.substring(at + 1, nextOption(answers, at + 1)).strip();
			Matcher weight = WEIGHT.matcher(answer);
			boolean weighted = weight.find();
			if (weighted && Double.parseDouble(weight.group(1)) < WHOLLY) {
				throw new RowException("答案", "填空的每种写法都须得满分");
			}
			accepted.add(optionText(weighted ? answer.substring(weight.end()) : answer));
		}
		return DraftQuestion.written(row, QuestionKind.FILL_IN, stem, List.of(new Part(accepted, 1)), explanation);
	}

	private static DraftQuestion choice(int row, String stem, String answers, String explanation) throws RowException {
		List<String> options = new ArrayList<>();
		List<Integer> right = new ArrayList<>();
		boolean weighted = false;
		int at = nextOption(answers, 0);
		if (at != 0 || plainIndex(answers, '~', 0) < 0) {
			throw new RowException("题型", "只支持单选、多选、判断、填空题和带关键词标签的问答题");
		}
		while (at < answers.length()) {
			int end = nextOption(answers, at + 1);
			String option = answers.substring(at + 1, end).strip();
			Matcher weight = WEIGHT.matcher(option);
			boolean hasWeight = weight.find();
			weighted |= hasWeight;
			if (hasWeight ? Double.parseDouble(weight.group(1)) > 0 : answers.charAt(at) == '=') {
				right.add(options.size());
			}
			options.add(optionText(hasWeight ? option.substring(weight.end()) : option));
			at = end;
		}
		QuestionKind kind = (weighted && right.size() > 1) ? QuestionKind.MULTIPLE : QuestionKind.SINGLE;
		return DraftQuestion.bare(row, kind, stem, options, right, explanation);
	}

	private static String optionText(String option) {
		int feedback = plainIndex(option, '#', 0);
		return plain(((feedback < 0) ? option : option.substring(0, feedback)).strip());
	}

	private static int nextOption(String answers, int from) {
		int equal = plainIndex(answers, '=', from);
		int tilde = plainIndex(answers, '~', from);
		int next = (equal < 0) ? tilde : (tilde < 0) ? equal : Math.min(equal, tilde);
		return (next < 0) ? answers.length() : next;
	}

	private static int generalFeedback(String body) {
		for (int i = plainIndex(body, '#', 0); i >= 0; i = plainIndex(body, '#', i + 1)) {
			if (body.startsWith("####", i)) {
				return i;
			}
		}
		return -1;
	}

	/** Where the sign stands without a backslash before it, -1 when nowhere. */
	private static int plainIndex(String text, char sign, int from) {
		for (int i = from; i < text.length(); i++) {
			if (text.charAt(i) == '\\') {
				i++;
			}
			else if (text.charAt(i) == sign) {
				return i;
			}
		}
		return -1;
	}

	private static String escaped(String text) {
		StringBuilder escaped = new StringBuilder();
		for (char each : text.toCharArray()) {
			if (each == '\n') {
				escaped.append("\\n");
				continue;
			}
			escaped.append((SPECIAL.indexOf(each) >= 0) ? "\\" : "").append(each);
		}
		return escaped.toString();
	}

	private static String plain(String text) {
		StringBuilder plain = new StringBuilder();
		for (int i = 0; i < text.length(); i++) {
			char each = text.charAt(i);
			if (each == '\\' && i + 1 < text.length()) {
				char next = text.charAt(++i);
				plain.append((next == 'n') ? '\n' : next);
			}
			else {
				plain.append(each);
			}
		}
		return plain.toString();
	}

}
