package cn.qingfeng.local.sandbox.fault;

import java.util.Arrays;

/**
 * What can go wrong with a call.
 */
public enum FaultKind {

	/** Answers late: value milliseconds. */
	LATENCY("latency", true, 1_000),

	/** Refuses with the error number in value; nothing happens. */
	ERRCODE("errcode", false, -1),

	/** Does the work, then refuses with the error number in value. */
	ERRCODE_AFTER_EFFECT("errcodeAfterEffect", true, -1),

	/**
	 * Does the work, then never answers: value milliseconds until the connection ends.
	 */
	TIMEOUT_AFTER_EFFECT("timeoutAfterEffect", true, 30_000),

	/** Does nothing and closes the connection. */
	RESET("reset", false, 0),

	/** Answers 200 with a page instead of JSON. */
	HTML("html", false, 200),

	/** Answers with the status in value and a page. */
	STATUS("status", false, 502),

	/** Does the work, and half of the answer arrives. */
	TRUNCATE("truncate", true, 0),

	/** Does the work, and answers with nothing. */
	EMPTY("empty", true, 0);

	private final String wireName;

	private final boolean applied;

	private final long usual;

	FaultKind(String wireName, boolean applied, long usual) {
		this.wireName = wireName;
		this.applied = applied;
		this.usual = usual;
	}

	public String wireName() {
		return this.wireName;
	}

	/** Whether the call takes effect all the same. */
	public boolean applied() {
		return this.applied;
	}

	/** The value when none is given. */
	long usual() {
		return this.usual;
	}

	static FaultKind named(String name) {
		return Arrays.stream(values())
			.filter((kind) -> kind.wireName.equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("unknown fault " + name));
	}

}
