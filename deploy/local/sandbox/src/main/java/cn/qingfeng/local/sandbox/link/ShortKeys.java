package cn.qingfeng.local.sandbox.link;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.World;
import tools.jackson.databind.JsonNode;

/**
 * Fifteen characters that stand for up to four kilobytes, for at most thirty days.
 */
public final class ShortKeys implements Remembered {

	private static final Duration LONGEST = Duration.ofDays(30);

	private static final int MOST_BYTES = 4 * 1024;

	private final World world;

	private Map<String, Key> keys = new LinkedHashMap<>();

	public ShortKeys(World world) {
		this.world = world;
	}

	public void register(Routes routes) {
		routes.api("POST", "/cgi-bin/shorten/gen", Capability.SHORT_KEY, this::shorten);
		routes.api("POST", "/cgi-bin/shorten/fetch", Capability.SHORT_KEY, this::fetch);
	}

	private JsonNode shorten(App app, Call call) {
		JsonNode body = call.json();
		String data = Json.text(body, "long_data");
		if (data.isEmpty() || data.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
			throw new WechatError(9410010, "invalid long_data");
		}
		long seconds = Json.number(body, "expire_seconds", LONGEST.toSeconds());
		if (seconds < 1 || seconds > LONGEST.toSeconds()) {
			throw new WechatError(9410012, "invalid expire_seconds");
		}
		Instant now = this.world.clock().instant();
		this.keys.values().removeIf((key) -> !key.lives(now));
		String name = this.world.ids().next("shortKey", 15);
		this.keys.put(name, new Key(app.appid(), data, now, seconds));
		return Reply.done().put("short_key", name);
	}

	private JsonNode fetch(App app, Call call) {
		Key key = this.keys.get(Json.text(call.json(), "short_key"));
		Instant now = this.world.clock().instant();
		if (key == null || !key.appid().equals(app.appid()) || !key.lives(now)) {
			throw new WechatError(9410011, "invalid short_key");
		}
		return Reply.done()
			.put("long_data", key.data())
			.put("create_time", key.at().getEpochSecond())
			.put("expire_seconds", key.seconds() - Duration.between(key.at(), now).toSeconds());
	}

	@Override
	public String name() {
		return "shortKeys";
	}

	@Override
	public Object save() {
		return new Saved(this.keys);
	}

	@Override
	public void load(JsonNode saved) {
		this.keys = Json.read(saved, Saved.class).keys();
	}

	private record Key(String appid, String data, Instant at, long seconds) {

		boolean lives(Instant now) {
			return now.isBefore(this.at.plusSeconds(this.seconds));
		}

	}

	private record Saved(Map<String, Key> keys) {
	}

}
