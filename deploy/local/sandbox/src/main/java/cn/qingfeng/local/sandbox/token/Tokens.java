package cn.qingfeng.local.sandbox.token;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Apps;
import cn.qingfeng.local.sandbox.registry.Quotas;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plain and stable access tokens. The two kinds never touch each other.
 */
public final class Tokens implements Remembered {

	private static final Duration LIFE = Duration.ofSeconds(7_200);

	private static final Duration OVERLAP = Duration.ofSeconds(300);

	private static final Duration FORCE_PAUSE = Duration.ofSeconds(30);

	private static final int FORCES_A_DAY = 20;

	private static final int LENGTH = 136;

	private static final String STABLE_PATH = "/cgi-bin/stable_token";

	private final World world;

	private final Apps apps;

	private final Quotas quotas;

	private State state = State.empty();

	public Tokens(World world, Apps apps, Quotas quotas) {
		this.world = world;
		this.apps = apps;
		this.quotas = quotas;
	}

	public void register(Routes routes) {
		routes.open("GET", "/cgi-bin/token", this::plain);
		routes.open("POST", STABLE_PATH, this::stable);
	}

	/** Whose token this is, good or not. */
	public @Nullable App owner(String token) {
		Issued issued = this.state.tokens().get(token);
		return (issued != null) ? this.apps.find(issued.appid()) : null;
	}

	/** The account that may call with this token now. */
	public App check(String token) {
		if (token.isEmpty()) {
			throw new WechatError(41001, "access_token missing");
		}
		Issued issued = this.state.tokens().get(token);
		if (issued == null) {
			throw (token.length() == LENGTH) ? stale() : new WechatError(40014, "invalid access_token");
		}
		Instant now = this.world.clock().instant();
		if (!now.isBefore(issued.supersededAt())) {
			throw stale();
		}
		if (!now.isBefore(issued.expiresAt())) {
			throw new WechatError(42001, "access_token expired");
		}
		return this.apps.get(issued.appid());
	}

	private static WechatError stale() {
		return new WechatError(40001, "invalid credential, access_token is invalid or not latest, could get "
				+ "access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r");
	}

	/** Makes every token of an account useless at once. */
	public void revokeAll(App app) {
		Instant now = this.world.clock().instant();
		this.state.tokens()
			.replaceAll((token, issued) -> issued.appid().equals(app.appid()) ? issued.supersededAt(now) : issued);
		this.state.stable().remove(app.appid());
		this.state.plain().remove(app.appid());
	}

	private JsonNode plain(Call call) {
		App app = credentials(call.clientIp(), call.param("grant_type"), call.param("appid"), call.param("secret"));
		take(app, "/cgi-bin/token");
		Instant now = this.world.clock().instant();
		String before = this.state.plain().get(app.appid());
		if (before != null) {
			supersede(before, app.has("plainTokenDiesAtOnce") ? now : now.plus(OVERLAP));
		}
		String token = issue(app, now, false);
		this.state.plain().put(app.appid(), token);
		return answer(token, LIFE);
	}

	private JsonNode stable(Call call) {
		JsonNode body = call.json();
		App app = credentials(call.clientIp(), Json.text(body, "grant_type"), Json.text(body, "appid"),
				Json.text(body, "secret"));
		take(app, STABLE_PATH);
		Instant now = this.world.clock().instant();
		String current = this.state.stable().get(app.appid());
		Issued issued = (current != null) ? this.state.tokens().get(current) : null;
		if (current == null || issued == null || rollsOver(issued, now)) {
			return renewed(app, now);
		}
		if (Json.flag(body, "force_refresh") && mayForce(app, issued, now)) {
			supersede(current, now);
			return renewed(app, now);
		}
		return answer(current, Duration.between(now, issued.expiresAt()));
	}

	/**
	 * From 300 seconds before its end a token is followed by the next; both work
	 * meanwhile.
	 */
	private static boolean rollsOver(Issued issued, Instant now) {
		return !now.isBefore(issued.expiresAt().minus(OVERLAP)) || !now.isBefore(issued.supersededAt());
	}

	private boolean mayForce(App app, Issued issued, Instant now) {
		if (issued.at().plus(FORCE_PAUSE).isAfter(now)) {
			return false;
		}
		if (!this.quotas.take(app, "force_refresh", FORCES_A_DAY)) {
			throw new WechatError(45009,
					"reach max api daily quota limit, could get access_token by " + "getStableAccessToken");
		}
		return true;
	}

	private JsonNode renewed(App app, Instant now) {
		String token = issue(app, now, true);
		this.state.stable().put(app.appid(), token);
		return answer(token, LIFE);
	}

	private String issue(App app, Instant now, boolean stable) {
		this.state.tokens().values().removeIf((issued) -> issued.expiresAt().plus(LIFE).isBefore(now));
		String token = this.world.ids().next("token", LENGTH);
		this.state.tokens().put(token, new Issued(app.appid(), stable, now, now.plus(LIFE), Instant.MAX));
		return token;
	}

	private void supersede(String token, Instant at) {
		this.state.tokens().computeIfPresent(token, (key, issued) -> issued.supersededAt(at));
	}

	/** The checks that every call with a secret passes. */
	public App credentials(String clientIp, String grantType, String appid, String secret) {
		if (!"client_credential".equals(grantType)) {
			throw new WechatError(40002, "invalid grant_type");
		}
		App app = secret(appid, secret);
		if (!app.accepts(clientIp)) {
			throw new WechatError(40164, "invalid ip " + clientIp + ", not in whitelist");
		}
		return app;
	}

	/** The account that this secret belongs to. */
	public App secret(String appid, String secret) {
		if (appid.isEmpty()) {
			throw new WechatError(41002, "appid missing");
		}
		if (secret.isEmpty()) {
			throw new WechatError(41004, "appsecret missing");
		}
		App app = this.apps.find(appid);
		if (app == null) {
			throw new WechatError(40013, "invalid appid");
		}
		if (!app.registration().secret().equals(secret)) {
			throw new WechatError(40125, "invalid appsecret");
		}
		return app;
	}

	private void take(App app, String path) {
		if (!this.quotas.take(app, path)) {
			throw new WechatError(45009, "reach max api daily quota limit");
		}
		if (!this.quotas.takeThisMinute(app, path)) {
			throw new WechatError(45011, "api minute-quota reach limit, must slower");
		}
	}

	private static ObjectNode answer(String token, Duration left) {
		ObjectNode answer = Json.object();
		answer.put("access_token", token);
		answer.put("expires_in", left.toSeconds());
		return answer;
	}

	@Override
	public String name() {
		return "tokens";
	}

	@Override
	public Object save() {
		return this.state;
	}

	@Override
	public void load(JsonNode saved) {
		this.state = Json.read(saved, State.class);
	}

	private record Issued(String appid, boolean stable, Instant at, Instant expiresAt, Instant supersededAt) {

		Issued supersededAt(Instant when) {
			return new Issued(this.appid, this.stable, this.at, this.expiresAt,
					when.isBefore(this.supersededAt) ? when : this.supersededAt);
		}

	}

	private record State(Map<String, Issued> tokens, Map<String, String> plain, Map<String, String> stable) {

		static State empty() {
			return new State(new HashMap<>(), new HashMap<>(), new HashMap<>());
		}

	}

}
