package cn.qingfeng.quiz.exchange;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A row that makes no sense. Caught where rows are read and turned into a
 * {@link RowError}.
 */
final class RowException extends Exception {

	@Serial
	private static final long serialVersionUID = 1L;

	private final @Nullable String column;

	private final String words;

	RowException(@Nullable String column, String words) {
		super(words, null, false, false);
		this.column = column;
		this.words = words;
	}

	RowException(String words) {
		this(null, words);
	}

	@Nullable String column() {
		return this.column;
	}

	String words() {
		return this.words;
	}

}
