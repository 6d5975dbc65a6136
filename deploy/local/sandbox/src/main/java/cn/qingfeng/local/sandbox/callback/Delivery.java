package cn.qingfeng.local.sandbox.callback;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import cn.qingfeng.local.sandbox.fault.Fault;
import cn.qingfeng.local.sandbox.fault.FaultKind;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.world.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One message or event, and how often it was tried.
 */
final class Delivery {

	static final int ATTEMPTS = 3;

	private final long number;

	private final App app;

	private final String openid;

	private final ObjectNode content;

	private final Instant at;

	private final List<Attempt> attempts = new ArrayList<>();

	private final @Nullable Fault fault;

	private State state = State.PENDING;

	Delivery(long number, App app, String openid, ObjectNode content, Instant at, @Nullable Fault fault) {
		this.number = number;
		this.app = app;
		this.openid = openid;
		this.content = content;
		this.at = at;
		this.fault = fault;
	}

	App app() {
		return this.app;
	}

	String openid() {
		return this.openid;
	}

	ObjectNode content() {
		return this.content;
	}

	/** What goes wrong with it, or nothing. */
	@Nullable Fault fault() {
		return this.fault;
	}

	boolean suffers(FaultKind kind) {
		return this.fault != null && this.fault.kind() == kind;
	}

	/** The same message once more, this time as it should be. */
	Delivery again(long newNumber) {
		return new Delivery(newNumber, this.app, this.openid, this.content, this.at, null);
	}

	/** The slowest attempt, in milliseconds. */
	long millis() {
		return this.attempts.stream().mapToLong(Attempt::millis).max().orElse(0);
	}

	int attempts() {
		return this.attempts.size();
	}

	State state() {
		return this.state;
	}

	String event() {
		return Json.text(this.content, "Event");
	}

	/** Notes an attempt and says whether another may follow. */
	boolean tried(Attempt attempt, boolean accepted) {
		this.attempts.add(attempt);
		if (accepted) {
			this.state = State.DELIVERED;
			return false;
		}
		if (this.attempts.size() < ATTEMPTS) {
			return true;
		}
		this.state = State.FAILED;
		return false;
	}

	/** Notes the only attempt of what is not tried again. */
	void once(Attempt attempt, boolean accepted) {
		this.attempts.add(attempt);
		this.state = accepted ? State.DELIVERED : State.FAILED;
	}

	void nowhereToGo() {
		this.state = State.NO_ADDRESS;
	}

	void drop() {
		this.state = State.DROPPED;
	}

	ObjectNode view() {
		ObjectNode view = Json.object();
		view.put("number", this.number);
		view.put("appid", this.app.appid());
		view.put("openid", this.openid);
		view.put("at", this.at.toString());
		view.put("msgType", Json.text(this.content, "MsgType"));
		view.put("event", event());
		view.put("state", this.state.name());
		view.put("fault", (this.fault != null) ? this.fault.kind().wireName() : "");
		view.set("content", this.content);
		view.set("attempts", Json.MAPPER.valueToTree(this.attempts));
		return view;
	}

	enum State {

		PENDING, DELIVERED, FAILED, NO_ADDRESS, DROPPED

	}

	/**
	 * One try.
	 *
	 * @param status the HTTP status, or 0 when none came
	 * @param answer what came back, or why nothing did
	 */
	record Attempt(Instant at, long timestamp, String nonce, int status, String answer, long millis) {
	}

}
