package cn.qingfeng.local.sandbox.callback;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import cn.qingfeng.local.sandbox.Timing;
import cn.qingfeng.local.sandbox.callback.CallbackPost.Answer;
import cn.qingfeng.local.sandbox.callback.Delivery.Attempt;
import cn.qingfeng.local.sandbox.callback.Delivery.State;
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

	private static final int AT_A_TIME = 16;

	private static final int KEPT = 10_000;

	private final World world;

	private final Timing timing;

	private final CallbackPost post;

	private final PassiveReplies replies;

	private final Statistics statistics;

	private final Deque<Delivery> waiting = new ArrayDeque<>();

	private final Deque<Delivery> all = new ArrayDeque<>();

	private int underway;

	private long number;

	public Dispatcher(World world, Timing timing, CallbackPost post, PassiveReplies replies, Statistics statistics) {
		this.world = world;
		this.timing = timing;
		this.post = post;
		this.replies = replies;
		this.statistics = statistics;
	}

	/** An event; its fields follow the common ones. */
	public void event(App app, String openid, String event, ObjectNode fields) {
		ObjectNode content = head(app, openid, "event");
		content.put("Event", event);
		content.setAll(fields);
		enqueue(new Delivery(++this.number, app, openid, content, this.world.clock().instant()));
	}

	/** An ordinary message of a person. */
	public void message(App app, String openid, String type, ObjectNode fields) {
		ObjectNode content = head(app, openid, type);
		content.setAll(fields);
		content.put("MsgId", this.world.ids().nextNumber());
		enqueue(new Delivery(++this.number, app, openid, content, this.world.clock().instant()));
	}

	private ObjectNode head(App app, String openid, String type) {
		ObjectNode content = Json.object();
		content.put("ToUserName", app.registration().originalId());
		content.put("FromUserName", openid);
		content.put("CreateTime", this.world.clock().seconds());
		content.put("MsgType", type);
		return content;
	}

	private void enqueue(Delivery delivery) {
		this.all.addLast(delivery);
		if (this.all.size() > KEPT) {
			this.all.removeFirst();
		}
		this.waiting.addLast(delivery);
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
			this.underway--;
			startWaiting();
		}
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
		Predicate<Delivery> wanted = (delivery) -> (appid == null || delivery.app().appid().equals(appid))
				&& (event == null || delivery.event().equalsIgnoreCase(event));
		List<Delivery> found = this.all.stream().filter(wanted).toList();
		return found.subList(Math.max(0, found.size() - limit), found.size()).stream().map(Delivery::view).toList();
	}

	/** How many are neither delivered nor given up. */
	public long pending() {
		return this.all.stream().filter((delivery) -> delivery.state() == State.PENDING).count();
	}

	static boolean writesJson(App app) {
		return app.registration().format() == CallbackFormat.JSON;
	}

}
