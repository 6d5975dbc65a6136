package cn.qingfeng.local.sandbox.login;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.login.Codes.Kind;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Apps;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.registry.People;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.token.Tokens;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * OAuth for web pages, seen from the backend.
 */
public final class WebLogin implements Remembered {

	private static final Duration ACCESS = Duration.ofSeconds(7_200);

	private static final Duration REFRESH = Duration.ofDays(30);

	private static final String FULL = "snsapi_userinfo";

	/** The scope of a visit by WeChat's snapshot page. */
	private static final String SNAPSHOT = "snsapi_base,snapshot";

	private final World world;

	private final Tokens tokens;

	private final Apps apps;

	private final People people;

	private final Codes codes;

	private Map<String, Session> access = new HashMap<>();

	private Map<String, Session> refresh = new HashMap<>();

	private Set<String> spoiled = new HashSet<>();

	public WebLogin(World world, Tokens tokens, Apps apps, People people, Codes codes) {
		this.world = world;
		this.tokens = tokens;
		this.apps = apps;
		this.people = people;
		this.codes = codes;
	}

	public void register(Routes routes) {
		routes.open("GET", "/sns/oauth2/access_token", this::accessToken);
		routes.open("GET", "/sns/oauth2/refresh_token", this::refreshToken);
		routes.open("GET", "/sns/userinfo", this::userInfo);
		routes.open("GET", "/sns/auth", this::auth);
	}

	/** What the authorisation page sends back to the site. */
	public String consent(App app, Person person, String scope) {
		if (!app.may(Capability.OAUTH)) {
			throw new IllegalArgumentException("this account has no web authorisation");
		}
		return this.codes.issue(Kind.WEB, app.appid(), person.id(), scope.isEmpty() ? "snsapi_base" : scope);
	}

	/**
	 * What the authorisation page sends back when WeChat shows it to a virtual visitor
	 * first.
	 */
	public String snapshot(App app, Person person) {
		return consent(app, person, SNAPSHOT);
	}

	/** Ends all of a person's sessions, as a change of the password does. */
	public void passwordChanged(Person person) {
		for (Map<String, Session> sessions : List.of(this.access, this.refresh)) {
			sessions.forEach((token, session) -> {
				if (session.person().equals(person.id())) {
					this.spoiled.add(token);
				}
			});
		}
	}

	private String openid(App app, Person person, String scope) {
		return SNAPSHOT.equals(scope) ? this.world.ids().openid(app.appid(), "snapshot/" + person.id())
				: person.at(app).openid();
	}

	private void refuseSpoiled(String token) {
		if (this.spoiled.contains(token)) {
			throw new WechatError(42007, "user password changed");
		}
	}

	private JsonNode accessToken(Call call) {
		App app = this.tokens.secret(call.param("appid"), call.param("secret"));
		if (!"authorization_code".equals(call.param("grant_type"))) {
			throw new WechatError(40002, "invalid grant_type");
		}
		Codes.Code code = this.codes.redeem(Kind.WEB, app.appid(), call.param("code"));
		Instant now = this.world.clock().instant();
		String refreshToken = this.world.ids().next("refresh", 110);
		this.refresh.values().removeIf((session) -> session.expiresAt().isBefore(now));
		this.refresh.put(refreshToken, new Session(app.appid(), code.person(), code.scope(), now.plus(REFRESH)));
		return session(app, this.people.get(code.person()), code.scope(), refreshToken);
	}

	private JsonNode refreshToken(Call call) {
		Session session = this.refresh.get(call.param("refresh_token"));
		if (session == null || !session.appid().equals(call.param("appid"))) {
			throw new WechatError(40030, "invalid refresh_token");
		}
		refuseSpoiled(call.param("refresh_token"));
		if (this.world.clock().instant().isAfter(session.expiresAt())) {
			throw new WechatError(42002, "refresh_token expired");
		}
		return session(this.apps.get(session.appid()), this.people.get(session.person()), session.scope(),
				call.param("refresh_token"));
	}

	private ObjectNode session(App app, Person person, String scope, String refreshToken) {
		Instant now = this.world.clock().instant();
		String token = this.world.ids().next("access", 110);
		this.access.values().removeIf((session) -> session.expiresAt().plus(ACCESS).isBefore(now));
		this.access.put(token, new Session(app.appid(), person.id(), scope, now.plus(ACCESS)));
		ObjectNode answer = Json.object();
		answer.put("access_token", token);
		answer.put("expires_in", ACCESS.toSeconds());
		answer.put("refresh_token", refreshToken);
		answer.put("openid", openid(app, person, scope));
		answer.put("scope", SNAPSHOT.equals(scope) ? "snsapi_base" : scope);
		if (SNAPSHOT.equals(scope)) {
			answer.put("is_snapshotuser", 1);
		}
		if (scope.contains(FULL) && !app.registration().openPlatformId().isEmpty()) {
			answer.put("unionid", person.unionid());
		}
		return answer;
	}

	private Session check(Call call) {
		Session session = this.access.get(call.param("access_token"));
		if (session == null) {
			throw new WechatError(40001, "invalid credential");
		}
		refuseSpoiled(call.param("access_token"));
		if (this.world.clock().instant().isAfter(session.expiresAt())) {
			throw new WechatError(42001, "access_token expired");
		}
		String openid = openid(this.apps.get(session.appid()), this.people.get(session.person()), session.scope());
		if (!openid.equals(call.param("openid"))) {
			throw WechatError.invalidOpenid();
		}
		return session;
	}

	private JsonNode userInfo(Call call) {
		Session session = check(call);
		if (!session.scope().contains(FULL)) {
			throw new WechatError(48001, "api unauthorized");
		}
		Person person = this.people.get(session.person());
		ObjectNode answer = Json.object();
		answer.put("openid", call.param("openid"));
		answer.put("nickname", person.name());
		answer.put("sex", 0);
		answer.put("language", "");
		answer.put("city", "");
		answer.put("province", "");
		answer.put("country", "");
		answer.put("headimgurl", "");
		answer.putArray("privilege");
		if (!this.apps.get(session.appid()).registration().openPlatformId().isEmpty()) {
			answer.put("unionid", person.unionid());
		}
		return answer;
	}

	private JsonNode auth(Call call) {
		check(call);
		return Reply.done();
	}

	@Override
	public String name() {
		return "webSessions";
	}

	@Override
	public Object save() {
		return new Saved(this.access, this.refresh, this.spoiled);
	}

	@Override
	public void load(JsonNode saved) {
		Saved state = Json.read(saved, Saved.class);
		this.access = state.access();
		this.refresh = state.refresh();
		this.spoiled = state.spoiled();
	}

	private record Session(String appid, String person, String scope, Instant expiresAt) {
	}

	private record Saved(Map<String, Session> access, Map<String, Session> refresh, Set<String> spoiled) {
	}

}
