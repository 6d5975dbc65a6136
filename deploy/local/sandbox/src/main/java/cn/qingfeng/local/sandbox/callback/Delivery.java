package cn.qingfeng.local.sandbox.callback;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.world.Json;
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

	private State state = State.PENDING;

	Delivery(long number, App app, String openid, ObjectNode content, Instant at) {
		this.number = number;
		this.app = app;
		this.openid = openid;
		this.content = content;
		this.at = at;
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

	void nowhereToGo() {
		this.state = State.NO_ADDRESS;
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
		view.set("content", this.content);
		view.set("attempts", Json.MAPPER.valueToTree(this.attempts));
		return view;
	}

	enum State {

		PENDING, DELIVERED, FAILED, NO_ADDRESS

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
