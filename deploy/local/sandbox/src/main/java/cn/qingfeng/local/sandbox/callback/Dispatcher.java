package cn.qingfeng.local.sandbox.callback;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import cn.qingfeng.local.sandbox.Timing;
import cn.qingfeng.local.sandbox.callback.CallbackPost.Answer;
import cn.qingfeng.local.sandbox.callback.Delivery.Attempt;
import cn.qingfeng.local.sandbox.callback.Delivery.State;
import cn.qingfeng.local.sandbox.fault.Fault;
import cn.qingfeng.local.sandbox.fault.FaultKind;
import cn.qingfeng.local.sandbox.fault.Faults;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.CallbackFormat;
import cn.qingfeng.local.sandbox.statistics.Statistics;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends callbacks: three attempts of the same message, each freshly signed, a few at a
 * time.
 */
public final class Dispatcher {

	private static final int AT_A_TIME = 64;

	private static final int KEPT = 50_000;

	private final World world;

	private final Timing timing;

	private final CallbackPost post;

	private final PassiveReplies replies;

	private final Faults faults;

	private final Statistics statistics;

	private final Deque<Delivery> waiting = new ArrayDeque<>();

	private final Deque<Delivery> all = new ArrayDeque<>();

	/** By account: what waits for a later one to overtake it. */
	private final Map<String, Delivery> overtaken = new HashMap<>();

	private int underway;

	private long number;

	public Dispatcher(World world, Timing timing, CallbackPost post, PassiveReplies replies, Faults faults,
			Statistics statistics) {
		this.world = world;
		this.timing = timing;
		this.post = post;
		this.replies = replies;
		this.faults = faults;
		this.statistics = statistics;
	}

	/** An event; its fields follow the common ones. */
	public void event(App app, String openid, String event, ObjectNode fields) {
		ObjectNode content = head(app, openid, "event");
		content.put("Event", event);
		content.setAll(fields);
		send(app, openid, content);
	}

	/** An ordinary message of a person. */
	public void message(App app, String openid, String type, ObjectNode fields) {
		ObjectNode content = head(app, openid, type);
		content.setAll(fields);
		content.put("MsgId", this.world.ids().nextNumber());
		send(app, openid, content);
	}

	private ObjectNode head(App app, String openid, String type) {
		ObjectNode content = Json.object();
		content.put("ToUserName", app.registration().originalId());
		content.put("FromUserName", openid);
		content.put("CreateTime", this.world.clock().seconds());
		content.put("MsgType", type);
		return content;
	}

	private void send(App app, String openid, ObjectNode content) {
		String path = Fault.CALLBACK + Json.text(content, "Event", Json.text(content, "MsgType"));
		Delivery delivery = new Delivery(++this.number, app, openid, content, this.world.clock().instant(),
				this.faults.strike(path, app.appid(), () -> ""));
		note(delivery);
		Fault fault = delivery.fault();
		if (fault == null) {
			enqueue(delivery);
			return;
		}
		switch (fault.kind()) {
			case DROP -> delivery.drop();
			case DELAY -> this.world.later(fault.value(), () -> enqueue(delivery));
			case REORDER -> holdBack(delivery, fault.value());
			default -> enqueue(delivery);
		}
	}

	private void note(Delivery delivery) {
		this.all.addLast(delivery);
		if (this.all.size() > KEPT) {
			this.all.removeFirst();
		}
	}

	private void holdBack(Delivery delivery, long millis) {
		this.overtaken.put(delivery.app().appid(), delivery);
		this.world.later(millis, () -> {
			if (this.overtaken.remove(delivery.app().appid(), delivery)) {
				enqueue(delivery);
			}
		});
	}

	private void enqueue(Delivery delivery) {
		this.waiting.addLast(delivery);
		Delivery before = this.overtaken.remove(delivery.app().appid());
		if (before != null) {
			// Behind the one that overtakes it, and not beside it.
			this.world.later(this.timing.callbackPause().toMillis(), () -> enqueue(before));
		}
		startWaiting();
	}

	private void startWaiting() {
		while (this.underway < AT_A_TIME) {
			Delivery next = this.waiting.pollFirst();
			if (next == null) {
				return;
			}
			if (next.app().registration().callbackUrl() == null) {
				next.nowhereToGo();
			}
			else {
				this.underway++;
				attempt(next);
			}
		}
	}

	private void attempt(Delivery delivery) {
		String url = Objects.requireNonNullElse(delivery.app().registration().callbackUrl(), "");
		Envelope envelope = Envelope.seal(delivery, this.world.clock().seconds(),
				this.world.ids().next("nonce", 10).replaceAll("[^0-9A-Za-z]", "7"), this.world.ids());
		long started = System.nanoTime();
		this.post.send(url, envelope, this.timing.callbackTimeout(), (status, answer) -> this.world.execute(() -> {
			long millis = (System.nanoTime() - started) / 1_000_000;
			answered(delivery, envelope, status, answer, millis);
		}));
	}

	private void answered(Delivery delivery, Envelope envelope, int status, String answer, long millis) {
		boolean accepted = status == 200 && this.replies.accept(delivery, answer);
		Attempt attempt = new Attempt(this.world.clock().instant(), envelope.timestamp(), envelope.nonce(), status,
				answer, millis);
		if (delivery.tried(attempt, accepted)) {
			this.world.later(this.timing.callbackPause().toMillis(), () -> attempt(delivery));
		}
		else {
			this.statistics.calledBack(delivery.app(), accepted, millis);
			afterwards(delivery, envelope);
			this.underway--;
			startWaiting();
		}
	}

	private void afterwards(Delivery delivery, Envelope envelope) {
		Fault fault = delivery.fault();
		if (fault != null && fault.kind() == FaultKind.DUPLICATE) {
			for (long copy = 0; copy < fault.value(); copy++) {
				Delivery again = delivery.again(++this.number);
				note(again);
				enqueue(again);
			}
		}
		if (fault != null && fault.kind() == FaultKind.REPLAY) {
			this.world.later(fault.value(), () -> replay(delivery, envelope));
		}
	}

	/** Sends the very same bytes once more, as somebody who overheard them would. */
	private void replay(Delivery original, Envelope envelope) {
		Delivery again = original.again(++this.number);
		note(again);
		String url = Objects.requireNonNullElse(original.app().registration().callbackUrl(), "");
		long started = System.nanoTime();
		this.post.send(url, envelope, this.timing.callbackTimeout(), (status, answer) -> this.world.execute(() -> {
			Attempt attempt = new Attempt(this.world.clock().instant(), envelope.timestamp(), envelope.nonce(), status,
					answer, (System.nanoTime() - started) / 1_000_000);
			again.once(attempt, status == 200);
		}));
	}

	/**
	 * How the callbacks of an event went: how many ended how after how many attempts, and
	 * how long the slowest of each took.
	 * @param key only those whose event key begins so, such as the events of one burst
	 */
	public ObjectNode summary(@Nullable String appid, @Nullable String event, String key) {
		List<Delivery> found = matching(appid, event).stream()
			.filter((delivery) -> Json.text(delivery.content(), "EventKey").startsWith(key))
			.toList();
		ObjectNode summary = Json.object().put("count", found.size());
		summary.put("attempts", found.stream().mapToInt(Delivery::attempts).sum());
		for (State state : State.values()) {
			summary.put(state.name().toLowerCase(Locale.ROOT),
					found.stream().filter((delivery) -> delivery.state() == state).count());
		}
		long[] millis = found.stream().mapToLong(Delivery::millis).sorted().toArray();
		for (int percent : new int[] { 50, 99, 100 }) {
			summary.put("p" + percent, (millis.length > 0) ? millis[(millis.length - 1) * percent / 100] : 0);
		}
		return summary;
	}

	/**
	 * Performs the handshake by which WeChat accepts an address, and tells what came of
	 * it.
	 */
	public ObjectNode verify(App app) {
		String url = Objects.requireNonNullElse(app.registration().callbackUrl(), "");
		String echo = Long.toString(this.world.ids().nextNumber());
		String timestamp = Long.toString(this.world.clock().seconds());
		String nonce = this.world.ids().next("nonce", 10).replaceAll("[^0-9A-Za-z]", "7");
		String query = "signature=" + CallbackCodec.sign(app.registration().token(), timestamp, nonce) + "&timestamp="
				+ timestamp + "&nonce=" + nonce + "&echostr=" + echo;
		Answer answer = this.post.fetch(url, query, this.timing.callbackTimeout());
		ObjectNode outcome = Json.object();
		outcome.put("accepted", answer.status() == 200 && answer.text().equals(echo));
		outcome.put("status", answer.status());
		outcome.put("answer", answer.text());
		return outcome;
	}

	/** What was sent, oldest first. */
	public List<ObjectNode> outcomes(@Nullable String appid, @Nullable String event, int limit) {
		List<Delivery> found = matching(appid, event);
		return found.subList(Math.max(0, found.size() - limit), found.size()).stream().map(Delivery::view).toList();
	}

	private List<Delivery> matching(@Nullable String appid, @Nullable String event) {
		return this.all.stream()
			.filter((delivery) -> (appid == null || delivery.app().appid().equals(appid))
					&& (event == null || delivery.event().equalsIgnoreCase(event)))
			.toList();
	}

	/** How many are neither delivered nor given up. */
	public long pending() {
		return this.all.stream().filter((delivery) -> delivery.state() == State.PENDING).count();
	}

	static boolean writesJson(App app) {
		return app.registration().format() == CallbackFormat.JSON;
	}

}
