package cn.qingfeng.local.sandbox.fault;

import java.util.Arrays;

/**
 * What can go wrong with a call.
 */
public enum FaultKind {

	/** Answers late: value milliseconds. */
	LATENCY("latency", true),

	/** Refuses with the error number in value; nothing happens. */
	ERRCODE("errcode", false),

	/** Does the work, then refuses with the error number in value. */
	ERRCODE_AFTER_EFFECT("errcodeAfterEffect", true),

	/**
	 * Does the work, then never answers: value milliseconds until the connection ends.
	 */
	TIMEOUT_AFTER_EFFECT("timeoutAfterEffect", true),

	/** Does nothing and closes the connection. */
	RESET("reset", false),

	/** Answers 200 with a page instead of JSON. */
	HTML("html", false),

	/** Answers with the status in value and a page. */
	STATUS("status", false),

	/** Does the work, and half of the answer arrives. */
	TRUNCATE("truncate", true),

	/** Does the work, and answers with nothing. */
	EMPTY("empty", true);

	private final String wireName;

	private final boolean applied;

	FaultKind(String wireName, boolean applied) {
		this.wireName = wireName;
		this.applied = applied;
	}

	public String wireName() {
		return this.wireName;
	}

	/** Whether the call takes effect all the same. */
	public boolean applied() {
		return this.applied;
	}

	static FaultKind named(String name) {
		return Arrays.stream(values())
			.filter((kind) -> kind.wireName.equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("unknown fault " + name));
	}

}
