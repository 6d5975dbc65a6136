package cn.qingfeng.quiz.bank;

/**
 * What a question rests on.
 *
 * @param document full name
 * @param clause article or chapter of it
 */
public record Source(String document, String clause) {

	/** As members read it. */
	public String text() {
		String name = this.document.startsWith("《") ? this.document : "《%s》".formatted(this.document);
		return name + this.clause;
	}

}
