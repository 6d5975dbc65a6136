package cn.qingfeng.platform.problem;

import java.time.Duration;

import org.springframework.http.HttpStatus;

/**
 * Problems that no feature owns: made by translating what Spring, the database and the
 * transport throw.
 */
final class GenericProblem extends Problem {

	private static final Duration SOON = Duration.ofSeconds(2);

	GenericProblem(HttpStatus status, String name) {
		super(status, name);
	}

	static Problem unavailable() {
		return new GenericProblem(HttpStatus.SERVICE_UNAVAILABLE, "unavailable").with(RETRY_AFTER, SOON.toSeconds());
	}

}
