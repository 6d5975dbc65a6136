package cn.qingfeng.local.sandbox.menu;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The menu under the chat.
 */
public final class Menus implements Remembered {

	private static final int TOP = 3;

	private static final int BELOW = 5;

	private static final int TOP_NAME = 16;

	private static final int BELOW_NAME = 60;

	private static final int KEY = 128;

	private static final int URL = 1024;

	private static final Set<String> TYPES = Set.of("click", "view", "miniprogram", "scancode_push", "scancode_waitmsg",
			"pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select", "media_id", "article_id",
			"article_view_limited");

	private Map<String, Menu> menus = new HashMap<>();

	private long number = 415_455_486;

	public void register(Routes routes) {
		routes.api("POST", "/cgi-bin/menu/create", Capability.MENU, this::create);
		routes.api("GET", "/cgi-bin/menu/get", Capability.MENU, this::get);
		routes.api("GET", "/cgi-bin/menu/delete", Capability.MENU, this::delete);
	}

	/** The menu of an account, or nothing. */
	public @Nullable Menu of(App app) {
		return this.menus.get(app.appid());
	}

	private JsonNode create(App app, Call call) {
		JsonNode buttons = call.json().path("button");
		if (!buttons.isArray() || buttons.isEmpty() || buttons.size() > TOP) {
			throw new WechatError(40016, "invalid button size");
		}
		for (JsonNode button : buttons.values()) {
			name(button, TOP_NAME, 40018);
			JsonNode below = button.path("sub_button");
			if (below.isArray() && !below.isEmpty()) {
				if (below.size() > BELOW) {
					throw new WechatError(40023, "invalid sub button size");
				}
				below.values().forEach((each) -> leaf(each, BELOW_NAME, 40025));
			}
			else {
				leaf(button, TOP_NAME, 40018);
			}
		}
		this.menus.put(app.appid(), new Menu(++this.number, buttons));
		return Reply.done();
	}

	private static void leaf(JsonNode button, int longestName, int nameCode) {
		name(button, longestName, nameCode);
		String type = Json.text(button, "type");
		if (!TYPES.contains(type)) {
			throw new WechatError(40017, "invalid button type");
		}
		boolean link = "view".equals(type) || "miniprogram".equals(type);
		String url = Json.text(button, "url");
		if (link && (bytes(url) > URL || !url.matches("https?://.+"))) {
			throw new WechatError(url.isEmpty() ? 40020 : 40055, "invalid button url domain");
		}
		String key = Json.text(button, "key");
		if ("click".equals(type) && (key.isEmpty() || bytes(key) > KEY)) {
			throw new WechatError(40019, "invalid button key size");
		}
	}

	private static void name(JsonNode button, int longest, int code) {
		String name = Json.text(button, "name");
		if (name.contains("\\u")) {
			throw new WechatError(40033,
					"invalid charset. please check your request, if include \\uxxxx will create fail!");
		}
		if (name.isBlank() || bytes(name) > longest) {
			throw new WechatError(code, "invalid button name size");
		}
	}

	private static int bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

	private JsonNode get(App app, Call call) {
		Menu menu = this.menus.get(app.appid());
		if (menu == null) {
			throw new WechatError(46003, "menu no exist");
		}
		ObjectNode answer = Json.object();
		answer.putObject("menu").put("menuid", menu.id()).set("button", menu.buttons());
		return answer;
	}

	private JsonNode delete(App app, Call call) {
		this.menus.remove(app.appid());
		return Reply.done();
	}

	@Override
	public String name() {
		return "menus";
	}

	@Override
	public Object save() {
		return new Saved(this.number, this.menus);
	}

	@Override
	public void load(JsonNode saved) {
		Saved state = Json.read(saved, Saved.class);
		this.number = state.number();
		this.menus = state.menus();
	}

	/** A menu as it was created. */
	public record Menu(long id, JsonNode buttons) {
	}

	private record Saved(long number, Map<String, Menu> menus) {
	}

}
