package cn.qingfeng.local.sandbox.login;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.login.Codes.Kind;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.AppKind;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.registry.People;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.registry.Standing;
import cn.qingfeng.local.sandbox.statistics.Statistics;
import cn.qingfeng.local.sandbox.token.Tokens;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * wx.login and the phone number button, seen from the backend.
 */
public final class MiniLogin implements Remembered {

	private final World world;

	private final Tokens tokens;

	private final People people;

	private final Codes codes;

	private final Statistics statistics;

	private Map<String, String> sessionKeys = new HashMap<>();

	public MiniLogin(World world, Tokens tokens, People people, Codes codes, Statistics statistics) {
		this.world = world;
		this.tokens = tokens;
		this.people = people;
		this.codes = codes;
		this.statistics = statistics;
	}

	public void register(Routes routes) {
		routes.open("GET", "/sns/jscode2session", this::session);
		routes.api("POST", "/wxa/business/getuserphonenumber", Capability.MINI_PHONE, this::phone);
		routes.api("GET", "/wxa/checksession", Capability.MINI_LOGIN, this::check);
	}

	/** What wx.login hands to the page. */
	public String login(App app, Person person) {
		if (app.kind() != AppKind.MINI) {
			throw new IllegalArgumentException("wxLogin needs a mini-program");
		}
		person.at(app).active(this.world.clock().instant());
		this.statistics.visited(app, person);
		return this.codes.issue(Kind.MINI_LOGIN, app.appid(), person.id(), "");
	}

	/** What a tap on the phone number button hands to the page. */
	public String phoneCode(App app, Person person) {
		if (app.kind() != AppKind.MINI) {
			throw new IllegalArgumentException("getPhone needs a mini-program");
		}
		return this.codes.issue(Kind.PHONE, app.appid(), person.id(), "");
	}

	/**
	 * The same phone number sealed with the person's session key, as the button hands it
	 * over too; nothing before the first login.
	 */
	public @Nullable JsonNode sealedPhone(App app, Person person) {
		String key = this.sessionKeys.get(person.at(app).openid());
		if (key == null) {
			return null;
		}
		byte[] iv = this.world.ids().nextBytes("iv", 16);
		return Json.tree(SealedData.of(key, iv, phoneInfo(app, person).toString()));
	}

	private JsonNode session(Call call) {
		App app = this.tokens.secret(call.param("appid"), call.param("secret"));
		if (!"authorization_code".equals(call.param("grant_type"))) {
			throw new WechatError(40002, "invalid grant_type");
		}
		if (!app.may(Capability.MINI_LOGIN)) {
			throw new WechatError(48001, "api unauthorized");
		}
		Person person = this.people
			.get(this.codes.redeem(Kind.MINI_LOGIN, app.appid(), call.param("js_code")).person());
		Standing standing = person.at(app);
		if (standing.risky()) {
			throw new WechatError(40226, "code blocked");
		}
		String key = Base64.getEncoder().encodeToString(this.world.ids().nextBytes("session", 16));
		this.sessionKeys.put(standing.openid(), key);
		ObjectNode answer = Json.object();
		answer.put("session_key", key);
		answer.put("openid", standing.openid());
		if (!app.registration().openPlatformId().isEmpty()) {
			answer.put("unionid", person.unionid());
		}
		return answer;
	}

	private JsonNode phone(App app, Call call) {
		JsonNode body = call.json();
		Person person = this.people.get(this.codes.redeem(Kind.PHONE, app.appid(), Json.text(body, "code")).person());
		String openid = Json.text(body, "openid");
		if (!openid.isEmpty() && !openid.equals(person.at(app).openid())) {
			throw WechatError.invalidOpenid();
		}
		ObjectNode answer = Reply.done();
		answer.set("phone_info", phoneInfo(app, person));
		return answer;
	}

	private ObjectNode phoneInfo(App app, Person person) {
		ObjectNode info = Json.object();
		info.put("phoneNumber", person.phone());
		info.put("purePhoneNumber", person.phone());
		info.put("countryCode", "86");
		info.putObject("watermark").put("timestamp", this.world.clock().seconds()).put("appid", app.appid());
		return info;
	}

	private JsonNode check(App app, Call call) {
		String key = this.sessionKeys.get(call.param("openid"));
		if (key == null || !signature(key, "").equals(call.param("signature"))) {
			throw new WechatError(87009, "invalid signature");
		}
		return Reply.done();
	}

	/** By the key's text as it stands. */
	static String signature(String sessionKey, String data) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(sessionKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			return HexFormat.of().formatHex(mac.doFinal(data.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String name() {
		return "sessionKeys";
	}

	@Override
	public Object save() {
		return new Saved(this.sessionKeys);
	}

	@Override
	public void load(JsonNode saved) {
		this.sessionKeys = Json.read(saved, Saved.class).sessionKeys();
	}

	private record Saved(Map<String, String> sessionKeys) {
	}

}
