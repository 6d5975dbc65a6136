package cn.qingfeng.local.sandbox.qr;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.Site;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import tools.jackson.databind.JsonNode;

/**
 * 小程序码: pictures that open a page of the mini-program. They never expire.
 */
public final class MiniCodes implements Remembered {

	private static final int NARROWEST = 280;

	private static final int WIDEST = 1280;

	private static final int USUAL_WIDTH = 430;

	private static final int LONGEST_SCENE = 32;

	private static final int LONGEST_PATH = 1_024;

	private static final long MOST_WITH_PATH = 100_000;

	private static final Pattern SCENE = Pattern.compile("[0-9a-zA-Z!#$&'()*+,/:;=?@\\-._~]*");

	private final Site site;

	private Map<String, Long> withPath = new HashMap<>();

	public MiniCodes(Site site) {
		this.site = site;
	}

	public void register(Routes routes) {
		routes.raw("POST", "/wxa/getwxacodeunlimit", Capability.MINI_CODE, this::unlimited);
		routes.raw("POST", "/wxa/getwxacode", Capability.MINI_CODE, this::withPath);
		routes.raw("POST", "/cgi-bin/wxaapp/createwxaqrcode", Capability.MINI_CODE, this::withPath);
	}

	private Reply unlimited(App app, Call call) {
		JsonNode body = call.json();
		String scene = Json.text(body, "scene");
		if (scene.isEmpty() || scene.length() > LONGEST_SCENE) {
			throw new WechatError(40169, "invalid length for scene, or the data is not json string");
		}
		if (!SCENE.matcher(scene).matches()) {
			throw new WechatError(40129, "invalid scene");
		}
		String env = env(body);
		String page = Json.text(body, "page");
		boolean check = body.path("check_path").asBoolean(true);
		if (page.startsWith("/") || page.contains("?") || check && !app.hasPage(page, env)) {
			throw invalidPage();
		}
		return picture(app, page, scene, env, body);
	}

	private Reply withPath(App app, Call call) {
		JsonNode body = call.json();
		String path = Json.text(body, "path");
		if (path.isEmpty() || path.startsWith("/") || path.length() > LONGEST_PATH) {
			throw invalidPage();
		}
		String env = env(body);
		if (!app.hasPage(path, env)) {
			throw invalidPage();
		}
		long made = this.withPath.merge(app.appid(), 1L, Long::sum);
		if (made > app.quota("codesWithPath", MOST_WITH_PATH)) {
			throw new WechatError(45029, "qrcode count out of limit");
		}
		return picture(app, path, "", env, body);
	}

	private static WechatError invalidPage() {
		return new WechatError(41030, "invalid page");
	}

	private static String env(JsonNode body) {
		String env = Json.text(body, "env_version", "release");
		if (!env.matches("release|trial|develop")) {
			throw new WechatError(40097, "invalid args");
		}
		return env;
	}

	private Reply picture(App app, String page, String scene, String env, JsonNode body) {
		long width = Json.number(body, "width", USUAL_WIDTH);
		if (width < NARROWEST || width > WIDEST) {
			throw new WechatError(40097, "invalid args");
		}
		String content = this.site.base() + "/wxa/" + app.appid() + "?page=" + encoded(page) + "&scene="
				+ encoded(scene) + "&env_version=" + env;
		return Json.flag(body, "is_hyaline") ? QrPicture.png(content, (int) width)
				: QrPicture.jpeg(content, (int) width);
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	@Override
	public String name() {
		return "miniCodes";
	}

	@Override
	public Object save() {
		return new Saved(this.withPath);
	}

	@Override
	public void load(JsonNode saved) {
		this.withPath = Json.read(saved, Saved.class).withPath();
	}

	private record Saved(Map<String, Long> withPath) {
	}

}
