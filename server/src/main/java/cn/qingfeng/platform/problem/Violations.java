package cn.qingfeng.platform.problem;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong with the fields of a request: 422 {@code invalid-request} with
 * {@code errors:[{field,message}]}, all at once.
 */
public final class Violations {

	private final List<Violation> found = new ArrayList<>();

	/** A problem of one field, to be thrown or put into {@code Mono.error}. */
	public static Problem of(String field, String message) {
		return new Violations().add(field, message).problem();
	}

	/**
	 * Notes one.
	 * @param field path in JSON, for instance {@code options[2].text}
	 * @param message in Chinese, for a person
	 * @return this
	 */
	public Violations add(String field, String message) {
		this.found.add(new Violation(field, message));
		return this;
	}

	/**
	 * Notes one when the condition does not hold.
	 * @param holds what must be true
	 * @param field path in JSON
	 * @param message in Chinese, for a person
	 * @return this
	 */
	public Violations require(boolean holds, String field, String message) {
		return holds ? this : add(field, message);
	}

	public boolean isEmpty() {
		return this.found.isEmpty();
	}

	public Problem problem() {
		return new InvalidRequestProblem(this.found);
	}

	public void throwIfAny() {
		if (!isEmpty()) {
			throw problem();
		}
	}

	/**
	 * One wrong field.
	 *
	 * @param field path in JSON
	 * @param message for a person
	 */
	public record Violation(String field, String message) {

	}

}
