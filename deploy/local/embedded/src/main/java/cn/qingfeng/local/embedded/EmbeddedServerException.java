package cn.qingfeng.local.embedded;

import org.jspecify.annotations.Nullable;

/**
 * Why an embedded server did not start, and what a person can do about it.
 */
public final class EmbeddedServerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String remedy;

	EmbeddedServerException(String problem, String remedy) {
		this(problem, remedy, null);
	}

	EmbeddedServerException(String problem, String remedy, @Nullable Throwable cause) {
		super(problem, cause);
		this.remedy = remedy;
	}

	String remedy() {
		return this.remedy;
	}

}
