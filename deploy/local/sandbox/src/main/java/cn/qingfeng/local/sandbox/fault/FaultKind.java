package cn.qingfeng.local.sandbox.fault;

import java.util.Arrays;

/**
 * What can go wrong with a call, or with a callback.
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

	/**
	 * Refuses every connection, from the moment it is set: value milliseconds. It asks
	 * neither for the path nor for the account, which a refused caller never tells.
	 */
	REFUSE("refuse", false, 3_000),

	/** Answers 200 with a page instead of JSON. */
	HTML("html", false, 200),

	/** Answers with the status in value and a page. */
	STATUS("status", false, 502),

	/** Does the work, and half of the answer arrives. */
	TRUNCATE("truncate", true, 0),

	/** Does the work, and answers with nothing. */
	EMPTY("empty", true, 0),

	/** Makes all tokens of the account useless, then goes on. */
	REVOKE_TOKENS("revokeTokens", true, 0),

	/** Takes from the account what the call needs, from now on. */
	CAPABILITY_OFF("capabilityOff", true, 0),

	/** Answers with text for numbers and numbers for text. */
	WRONG_TYPES("wrongTypes", true, 0),

	/** Answers with fields that nobody documented. */
	UNKNOWN_FIELDS("unknownFields", true, 0),

	/** Answers without the ids of what it made. */
	OMIT_ID("omitId", true, 0),

	/** Delivers a callback, and then the same once more. */
	DUPLICATE("duplicate", 1),

	/**
	 * Delivers a callback after the next one, or after value milliseconds if none comes.
	 */
	REORDER("reorder", 1_000),

	/** Delivers a callback late: value milliseconds. */
	DELAY("delay", 1_000),

	/** Never delivers a callback. */
	DROP("drop", 0),

	/** Delivers a callback, and value milliseconds later the very same bytes. */
	REPLAY("replay", 1_000),

	/** Delivers a callback under a signature that does not fit. */
	TAMPER("tamper", 0),

	/** Delivers a callback that was sealed for another account. */
	WRONG_APPID("wrongAppid", 0),

	/** Delivers a callback signed value seconds ago. */
	STALE("stale", 86_400),

	/** Delivers a callback with a document type before it. */
	DOCTYPE("doctype", 0),

	/** Delivers a callback of value bytes and more. */
	OVERSIZE("oversize", 70_000);

	private final String wireName;

	private final boolean applied;

	private final boolean ofCallbacks;

	private final long usual;

	FaultKind(String wireName, boolean applied, long usual) {
		this.wireName = wireName;
		this.applied = applied;
		this.ofCallbacks = false;
		this.usual = usual;
	}

	FaultKind(String wireName, long usual) {
		this.wireName = wireName;
		this.applied = true;
		this.ofCallbacks = true;
		this.usual = usual;
	}

	public String wireName() {
		return this.wireName;
	}

	/** Whether the call takes effect all the same. */
	public boolean applied() {
		return this.applied;
	}

	/** Whether it befalls callbacks rather than calls. */
	boolean ofCallbacks() {
		return this.ofCallbacks;
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
