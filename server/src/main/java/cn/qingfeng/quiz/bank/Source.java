package cn.qingfeng.quiz.bank;

import java.util.regex.Pattern;

/**
 * What a question rests on.
 *
 * @param document full name
 * @param clause article or chapter of it
 */
public record Source(String document, String clause) {

	private static final Pattern MARKS = Pattern.compile("^《+|》+$");

	/** As members read it. */
	public String text() {
		return "《%s》%s".formatted(title(this.document), this.clause);
	}

	/** The name of a document without its marks. */
	static String title(String document) {
		return MARKS.matcher(document.strip()).replaceAll("");
	}

}
