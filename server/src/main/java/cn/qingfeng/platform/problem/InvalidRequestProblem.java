package cn.qingfeng.platform.problem;

import java.util.List;

import org.springframework.http.HttpStatus;

/**
 * 422: the request can be read but its fields make no sense. Made by {@link Violations}.
 */
public final class InvalidRequestProblem extends Problem {

	InvalidRequestProblem(List<Violations.Violation> errors) {
		super(HttpStatus.UNPROCESSABLE_CONTENT, "invalid-request");
		with("errors", List.copyOf(errors));
	}

}
