package cn.qingfeng.local.sandbox.login;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.World;
import tools.jackson.databind.JsonNode;

/**
 * Codes that work once, for five minutes.
 */
public final class Codes implements Remembered {

	private static final Duration LIFE = Duration.ofMinutes(5);

	private static final int KEPT = 50_000;

	private final World world;

	private Map<String, Code> codes = new LinkedHashMap<>();

	public Codes(World world) {
		this.world = world;
	}

	String issue(Kind kind, String appid, String person, String scope) {
		if (this.codes.size() >= KEPT) {
			this.codes.remove(this.codes.keySet().iterator().next());
		}
		String code = this.world.ids().next("code/" + kind, 32);
		this.codes.put(code, new Code(kind, appid, person, scope, this.world.clock().instant().plus(LIFE), false));
		return code;
	}

	/** Uses a code up. */
	Code redeem(Kind kind, String appid, String value) {
		if (value.isEmpty()) {
			throw new WechatError(41008, "missing code");
		}
		Code code = this.codes.get(value);
		if (code == null || code.kind() != kind || !code.appid().equals(appid)) {
			throw invalid();
		}
		if (code.used()) {
			throw kind.refusesAlike() ? invalid() : new WechatError(40163, "code been used");
		}
		if (this.world.clock().instant().isAfter(code.expiresAt())) {
			throw kind.refusesAlike() ? invalid() : new WechatError(42003, "code expired");
		}
		this.codes.put(value, code.asUsed());
		return code;
	}

	private static WechatError invalid() {
		return new WechatError(40029, "invalid code");
	}

	@Override
	public String name() {
		return "codes";
	}

	@Override
	public Object save() {
		return new Saved(this.codes);
	}

	@Override
	public void load(JsonNode saved) {
		this.codes = Json.read(saved, Saved.class).codes();
	}

	enum Kind {

		MINI_LOGIN, PHONE, WEB;

		boolean refusesAlike() {
			return this != WEB;
		}

	}

	record Code(Kind kind, String appid, String person, String scope, Instant expiresAt, boolean used) {

		Code asUsed() {
			return new Code(this.kind, this.appid, this.person, this.scope, this.expiresAt, true);
		}

	}

	private record Saved(Map<String, Code> codes) {
	}

}
