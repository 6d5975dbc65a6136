package cn.qingfeng.local.sandbox.qr;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.Site;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * 带参数的二维码: codes that say where a follower came from.
 */
public final class SceneCodes implements Remembered {

	private static final Duration LONGEST = Duration.ofDays(30);

	private static final long USUAL_SECONDS = 30;

	private static final long MOST_PERMANENT = 100_000;

	private static final long LARGEST_PERMANENT_ID = 100_000;

	private static final long LARGEST_ID = 0xffff_ffffL;

	private static final int PICTURE = 430;

	private final World world;

	private final Site site;

	private Map<String, SceneCode> codes = new LinkedHashMap<>();

	public SceneCodes(World world, Site site) {
		this.world = world;
		this.site = site;
	}

	public void register(Routes routes) {
		routes.api("POST", "/cgi-bin/qrcode/create", Capability.QR_CODE, this::create);
		routes.page("/cgi-bin/showqrcode", this::show);
	}

	/** The code with this ticket, as long as it can be scanned. */
	public @Nullable SceneCode live(String ticket) {
		SceneCode code = this.codes.get(ticket);
		return (code != null && code.lives(this.world.clock().instant())) ? code : null;
	}

	/** The ticket of an account's newest live code for a scene, or nothing. */
	public @Nullable String ticket(App app, String scene) {
		Instant now = this.world.clock().instant();
		return this.codes.values()
			.stream()
			.filter((code) -> code.appid().equals(app.appid()) && code.scene().equals(scene) && code.lives(now))
			.map(SceneCode::ticket)
			.reduce(null, (older, newer) -> newer);
	}

	/** The ticket behind the address that a code's picture holds, or nothing. */
	public @Nullable String ticketAt(String key) {
		return this.codes.values()
			.stream()
			.filter((code) -> code.key().equals(key))
			.map(SceneCode::ticket)
			.findFirst()
			.orElse(null);
	}

	private JsonNode create(App app, Call call) {
		JsonNode body = call.json();
		String action = Json.text(body, "action_name");
		boolean permanent = switch (action) {
			case "QR_SCENE", "QR_STR_SCENE" -> false;
			case "QR_LIMIT_SCENE", "QR_LIMIT_STR_SCENE" -> true;
			default -> throw new WechatError(40052, "invalid action name");
		};
		String scene = scene(body.path("action_info").path("scene"), action.endsWith("STR_SCENE"), permanent);
		if (permanent && permanent(app) >= app.quota("permanentCodes", MOST_PERMANENT)) {
			throw new WechatError(45029, "qrcode count out of limit");
		}
		return permanent ? keep(app, scene, null) : keep(app, scene, seconds(body));
	}

	private static String scene(JsonNode wanted, boolean text, boolean permanent) {
		if (text) {
			String scene = Json.text(wanted, "scene_str");
			int length = scene.codePointCount(0, scene.length());
			if (length < 1 || length > 64) {
				throw invalid();
			}
			return scene;
		}
		long id = Json.number(wanted, "scene_id", 0);
		if (id < 1 || id > (permanent ? LARGEST_PERMANENT_ID : LARGEST_ID)) {
			throw invalid();
		}
		return Long.toString(id);
	}

	private static long seconds(JsonNode body) {
		long seconds = Json.number(body, "expire_seconds", USUAL_SECONDS);
		if (seconds < 1 || seconds > LONGEST.toSeconds()) {
			throw invalid();
		}
		return seconds;
	}

	private static WechatError invalid() {
		return new WechatError(40053, "invalid action info");
	}

	private long permanent(App app) {
		return this.codes.values()
			.stream()
			.filter((code) -> code.appid().equals(app.appid()) && code.expiresAt() == null)
			.count();
	}

	private JsonNode keep(App app, String scene, @Nullable Long seconds) {
		Instant now = this.world.clock().instant();
		this.codes.values().removeIf((code) -> !code.lives(now.minus(LONGEST)));
		String ticket = 'g' + this.world.ids().next("ticket", 95);
		String key = this.world.ids().next("scene", 22);
		this.codes.put(ticket,
				new SceneCode(ticket, app.appid(), scene, key, (seconds != null) ? now.plusSeconds(seconds) : null));
		ObjectNode answer = Json.object().put("ticket", ticket);
		if (seconds != null) {
			answer.put("expire_seconds", seconds);
		}
		return answer.put("url", address(key));
	}

	private String address(String key) {
		return this.site.base() + "/q/" + key;
	}

	private Reply show(Call call) {
		SceneCode code = live(call.param("ticket"));
		return (code != null) ? QrPicture.jpeg(address(code.key()), PICTURE) : Reply.notFound();
	}

	@Override
	public String name() {
		return "sceneCodes";
	}

	@Override
	public Object save() {
		return new Saved(this.codes);
	}

	@Override
	public void load(JsonNode saved) {
		this.codes = Json.read(saved, Saved.class).codes();
	}

	/**
	 * A code with a scene.
	 *
	 * @param key the end of the address in its picture
	 * @param expiresAt when it can no longer be scanned; never, when absent
	 */
	public record SceneCode(String ticket, String appid, String scene, String key, @Nullable Instant expiresAt) {

		boolean lives(Instant now) {
			return this.expiresAt == null || now.isBefore(this.expiresAt);
		}

	}

	private record Saved(Map<String, SceneCode> codes) {
	}

}
