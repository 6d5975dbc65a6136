package cn.qingfeng.local.sandbox.registry;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;

/**
 * A person with a phone in hand. The phone keeps the newest messages only.
 */
public final class Person {

	private static final int KEPT_MESSAGES = 50;

	private static final int KEPT_ACTIONS = 20;

	private final String id;

	private final String name;

	private final String phone;

	private final String unionid;

	private Map<String, Standing> standings = new LinkedHashMap<>();

	private Deque<PhoneMessage> messages = new ArrayDeque<>();

	private Deque<Deed> lastActions = new ArrayDeque<>();

	@JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
	Person(String id, String name, String phone, String unionid) {
		this.id = id;
		this.name = name;
		this.phone = phone;
		this.unionid = unionid;
	}

	public String id() {
		return this.id;
	}

	public String name() {
		return this.name;
	}

	public String phone() {
		return this.phone;
	}

	public String unionid() {
		return this.unionid;
	}

	public Map<String, Standing> standings() {
		return this.standings;
	}

	public Standing at(App app) {
		Standing standing = this.standings.get(app.appid());
		if (standing == null) {
			throw new IllegalStateException("unknown account " + app.appid());
		}
		return standing;
	}

	/** Notes an action, and forgets all but the newest. */
	public void did(Instant at, App app, String action) {
		this.lastActions.addLast(new Deed(at, app.appid(), action));
		if (this.lastActions.size() > KEPT_ACTIONS) {
			this.lastActions.removeFirst();
		}
	}

	public Deque<Deed> lastActions() {
		return this.lastActions;
	}

	public Deque<PhoneMessage> messages() {
		return this.messages;
	}

	public void receive(PhoneMessage message) {
		this.messages.addLast(message);
		if (this.messages.size() > KEPT_MESSAGES) {
			this.messages.removeFirst();
		}
	}

	/** Something the person did. */
	public record Deed(Instant at, String appid, String action) {
	}

}
