package cn.qingfeng.bench;

import java.util.List;
import java.util.UUID;

/**
 * Open attempts with saved answers, one of each member at each of some quizzes, in the
 * order of the quizzes and then of the members. Their ids are consecutive decimal numbers
 * of 19 digits after 13 zeros, which {@code pgbench} can count up.
 *
 * @param first number of the first
 * @param quizzes that they attempt
 * @param tokens of a session of each member
 */
record Papers(long first, List<UUID> quizzes, List<String> tokens) {

	static final String ID_PREFIX = "0".repeat(13);

	/** Where a paper is fetched, after its id. */
	private static final String PAPER = "/paper";

	Papers {
		quizzes = List.copyOf(quizzes);
		tokens = List.copyOf(tokens);
	}

	int size() {
		return this.quizzes.size() * this.tokens.size();
	}

	String token(int index) {
		return this.tokens.get(index % this.tokens.size());
	}

	String paperPath(int index) {
		return path(index) + PAPER;
	}

	String submissionPath(int index) {
		return path(index) + "/submission";
	}

	private String path(int index) {
		String digits = ID_PREFIX + (this.first + index);
		return "/api/v1/attempts/" + String.join("-", digits.substring(0, 8), digits.substring(8, 12),
				digits.substring(12, 16), digits.substring(16, 20), digits.substring(20));
	}

	/** For a parameter of an array type. */
	String quizArray() {
		return "{" + String.join(",", this.quizzes.stream().map(UUID::toString).toList()) + "}";
	}

}
