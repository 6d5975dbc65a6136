package cn.qingfeng.platform.problem;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.http.HttpStatus;

/**
 * What went wrong, said to the client: an RFC 9457 document of type
 * {@code urn:qingfeng:problem:<name>}. One final subclass for each problem, in the
 * feature that knows it. Its texts are {@code <name>.title} and {@code <name>.detail}
 * ({@link java.text.MessageFormat}, with the arguments given here) in
 * {@code problems/<module>_zh.properties} and {@code …_en.properties}. It carries no
 * stack trace: it is an answer, not a defect.
 */
public abstract class Problem extends RuntimeException {

	/** Member in seconds that is also sent as the header {@code Retry-After}. */
	public static final String RETRY_AFTER = "retryAfter";

	private final HttpStatus status;

	private final String name;

	private final transient Object[] args;

	private final transient Map<String, Object> members = new LinkedHashMap<>();

	/**
	 * Makes a problem.
	 * @param status of the answer
	 * @param name in kebab-case; the end of its type and the key of its texts
	 * @param args of its texts: nothing that a stranger must not read
	 */
	protected Problem(HttpStatus status, String name, Object... args) {
		super(name, null, false, false);
		this.status = status;
		this.name = name;
		this.args = args.clone();
	}

	/**
	 * Adds a member to the document.
	 * @param property a JSON name
	 * @param value written as JSON
	 * @return this
	 */
	public Problem with(String property, Object value) {
		this.members.put(property, value);
		return this;
	}

	public HttpStatus status() {
		return this.status;
	}

	public String name() {
		return this.name;
	}

	public Object[] args() {
		return this.args.clone();
	}

	public Map<String, Object> members() {
		return Collections.unmodifiableMap(this.members);
	}

}
