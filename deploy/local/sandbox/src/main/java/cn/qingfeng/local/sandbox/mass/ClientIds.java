package cn.qingfeng.local.sandbox.mass;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.SandboxClock;
import tools.jackson.databind.JsonNode;

/**
 * The ids by which a backend says that it means the same mass message again.
 */
final class ClientIds implements Remembered {

	private static final Duration MEMORY = Duration.ofHours(24);

	private static final Duration PAUSE = Duration.ofMinutes(1);

	private static final int LONGEST = 32;

	private final SandboxClock clock;

	private Map<String, Known> known = new HashMap<>();

	ClientIds(SandboxClock clock) {
		this.clock = clock;
	}

	/** Refuses an id that was used, telling the message it stands for. */
	void check(App app, String clientId) {
		if (clientId.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
			throw new WechatError(45067, "clientmsgid size out of limit");
		}
		Known before = this.known.get(key(app, clientId));
		Instant now = this.clock.instant();
		if (clientId.isEmpty() || before == null || now.isAfter(before.at().plus(MEMORY))) {
			return;
		}
		if (now.isBefore(before.at().plus(PAUSE)) && !app.has("clientmsgidRepeatsAtOnce")) {
			throw new WechatError(45066, "same clientmsgid retry too fast");
		}
		throw new WechatError(45065, "clientmsgid exist",
				Json.object().put("msg_id", before.message()).put("msg_data_id", before.data()));
	}

	void remember(App app, String clientId, long message, long data) {
		Instant now = this.clock.instant();
		this.known.values().removeIf((each) -> now.isAfter(each.at().plus(MEMORY)));
		if (!clientId.isEmpty()) {
			this.known.put(key(app, clientId), new Known(message, data, now));
		}
	}

	private static String key(App app, String clientId) {
		return app.appid() + ' ' + clientId;
	}

	@Override
	public String name() {
		return "clientIds";
	}

	@Override
	public Object save() {
		return new Saved(this.known);
	}

	@Override
	public void load(JsonNode saved) {
		this.known = Json.read(saved, Saved.class).known();
	}

	private record Known(long message, long data, Instant at) {
	}

	private record Saved(Map<String, Known> known) {
	}

}
