package cn.qingfeng.quiz.attempt;

import java.util.Optional;
import java.util.UUID;

/**
 * Paths of what belongs to one attempt.
 *
 * @param part of it
 */
record AttemptPath(String part) {

	private static final String ATTEMPTS = "/api/v1/attempts/";

	private static final int ID = 36;

	boolean matches(String path) {
		return path.length() == ATTEMPTS.length() + ID + this.part.length() && path.startsWith(ATTEMPTS)
				&& path.endsWith(this.part);
	}

	/** Of a path that matches; empty when it is none. */
	Optional<UUID> id(String path) {
		try {
			return Optional.of(UUID.fromString(path.substring(ATTEMPTS.length(), ATTEMPTS.length() + ID)));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

}
