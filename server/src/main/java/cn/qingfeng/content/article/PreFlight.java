package cn.qingfeng.content.article;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * What a text must not contain when it goes to the reviewers: clear numbers of people,
 * and more than WeChat takes.
 */
final class PreFlight {

	/** WeChat's limit for the text of one article. */
	private static final int LONGEST_HTML = 20_000;

	private static final Pattern PHONE = Pattern.compile("(?<!\\d)1[3-9]\\d{9}(?!\\d)");

	private static final Pattern ID_NUMBER = Pattern.compile("(?<!\\d)\\d{17}[\\dXx](?!\\d)");

	private PreFlight() {
	}

	/** The text, if nothing is found. */
	static ArticleText check(ArticleText text) {
		List<String> findings = Stream
			.of(finding(PHONE.matcher(text.html()).find(), "正文里有完整的手机号"),
					finding(ID_NUMBER.matcher(text.html()).find(), "正文里有完整的身份证号"),
					finding(text.html().length() >= LONGEST_HTML, "正文超过微信图文两万字符的上限"))
			.flatMap((finding) -> finding)
			.toList();
		if (!findings.isEmpty()) {
			throw new PreFlightProblem(String.join("；", findings) + "。");
		}
		return text;
	}

	private static Stream<String> finding(boolean found, String text) {
		return found ? Stream.of(text) : Stream.empty();
	}

	/**
	 * The text has to be changed before anybody reviews it.
	 */
	private static final class PreFlightProblem extends Problem {

		private static final long serialVersionUID = 1;

		PreFlightProblem(String findings) {
			super(HttpStatus.UNPROCESSABLE_CONTENT, "preflight", findings);
		}

	}

}
