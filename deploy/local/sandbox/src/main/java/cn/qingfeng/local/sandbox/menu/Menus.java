package cn.qingfeng.local.sandbox.menu;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.registry.People;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.registry.Standing;
import cn.qingfeng.local.sandbox.user.Tags;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The menu under the chat: one for everybody, and others for those whom a rule names.
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

	private static final int MOST_RULES = 20;

	/** What may be asked of a follower: other conditions no longer work. */
	private static final Set<String> RULES = Set.of("tag_id", "client_platform_type");

	/** The phones here run Android. */
	private static final String PLATFORM = "2";

	private final People people;

	private final Tags tags;

	private Map<String, Menu> menus = new HashMap<>();

	private Map<String, List<Conditional>> conditionals = new HashMap<>();

	private long number = 415_455_486;

	public Menus(People people, Tags tags) {
		this.people = people;
		this.tags = tags;
	}

	public void register(Routes routes) {
		routes.api("POST", "/cgi-bin/menu/create", Capability.MENU, this::create);
		routes.api("GET", "/cgi-bin/menu/get", Capability.MENU, this::get);
		routes.api("GET", "/cgi-bin/menu/delete", Capability.MENU, this::delete);
		routes.api("POST", "/cgi-bin/menu/addconditional", Capability.MENU, this::addConditional);
		routes.api("POST", "/cgi-bin/menu/delconditional", Capability.MENU, this::deleteConditional);
		routes.api("POST", "/cgi-bin/menu/trymatch", Capability.MENU, this::tryMatch);
		routes.api("GET", "/cgi-bin/get_current_selfmenu_info", Capability.MENU, this::current);
	}

	/** The menu of an account for everybody, or nothing. */
	public @Nullable Menu of(App app) {
		return this.menus.get(app.appid());
	}

	/** The menu that a person sees: the last that was made for people like that. */
	public @Nullable Menu of(App app, Person person) {
		return conditionals(app).stream()
			.filter((each) -> each.fits(person.at(app)))
			.findFirst()
			.map(Conditional::menu)
			.orElseGet(() -> this.menus.get(app.appid()));
	}

	private List<Conditional> conditionals(App app) {
		return this.conditionals.computeIfAbsent(app.appid(), (appid) -> new ArrayList<>());
	}

	private JsonNode create(App app, Call call) {
		this.menus.put(app.appid(), new Menu(++this.number, checked(call.json().path("button"))));
		return Reply.done();
	}

	private JsonNode addConditional(App app, Call call) {
		if (of(app) == null) {
			throw new WechatError(65303, "there is no selfmenu, please create selfmenu first");
		}
		Map<String, String> rule = rule(app, call.json().path("matchrule"));
		List<Conditional> known = conditionals(app);
		if (known.size() >= MOST_RULES) {
			throw new WechatError(65305, "personalized menu count limit");
		}
		Menu menu = new Menu(++this.number, checked(call.json().path("button")));
		known.addFirst(new Conditional(menu, rule));
		return Json.object().put("menuid", Long.toString(menu.id()));
	}

	private Map<String, String> rule(App app, JsonNode wanted) {
		Map<String, String> rule = new HashMap<>();
		wanted.propertyNames()
			.stream()
			.filter((name) -> RULES.contains(name) && !Json.text(wanted, name).isEmpty())
			.forEach((name) -> rule.put(name, Json.text(wanted, name)));
		if (rule.isEmpty()) {
			throw new WechatError(65304, "match rule empty");
		}
		String tag = rule.getOrDefault("tag_id", "");
		if (!tag.isEmpty() && !(tag.matches("\\d{1,9}") && this.tags.exists(app, Integer.parseInt(tag)))) {
			throw new WechatError(45159, "invalid tag");
		}
		if (!rule.getOrDefault("client_platform_type", "1").matches("[123]")) {
			throw new WechatError(65308, "invalid client_platform_type");
		}
		return rule;
	}

	private JsonNode deleteConditional(App app, Call call) {
		long id = Json.number(call.json(), "menuid", -1);
		if (!conditionals(app).removeIf((each) -> each.menu().id() == id)) {
			throw new WechatError(65301, "menuid not exist");
		}
		return Reply.done();
	}

	/** By an openid or by the name that people search for, which the sandbox lacks. */
	private JsonNode tryMatch(App app, Call call) {
		Person person = this.people.withOpenid(app, Json.text(call.json(), "user_id"));
		if (person == null) {
			throw new WechatError(65309, "invalid user_id");
		}
		Menu menu = of(app, person);
		if (menu == null) {
			throw new WechatError(46003, "menu no exist");
		}
		ObjectNode answer = Json.object();
		answer.set("button", menu.buttons());
		return answer;
	}

	private JsonNode current(App app, Call call) {
		Menu menu = of(app);
		ObjectNode answer = Json.object().put("is_menu_open", (menu != null) ? 1 : 0);
		if (menu != null) {
			ArrayNode buttons = answer.putObject("selfmenu_info").putArray("button");
			menu.buttons().values().forEach((button) -> buttons.add(wrapped(button)));
		}
		return answer;
	}

	/** Here the buttons below stand in a list of their own. */
	private static JsonNode wrapped(JsonNode button) {
		ObjectNode shown = (ObjectNode) button.deepCopy();
		JsonNode below = shown.remove("sub_button");
		if (below != null && !below.isEmpty()) {
			shown.putObject("sub_button").set("list", below);
		}
		return shown;
	}

	private static JsonNode checked(JsonNode buttons) {
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
		return buttons;
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
			boolean missing = url.isEmpty() || bytes(url) > URL;
			int size = (longestName == BELOW_NAME) ? 40027 : 40020;
			throw new WechatError(missing ? size : 40055, "invalid button url");
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
		if (!conditionals(app).isEmpty()) {
			ArrayNode others = answer.putArray("conditionalmenu");
			conditionals(app).forEach((each) -> others.add(each.view()));
		}
		return answer;
	}

	private JsonNode delete(App app, Call call) {
		this.menus.remove(app.appid());
		this.conditionals.remove(app.appid());
		return Reply.done();
	}

	@Override
	public String name() {
		return "menus";
	}

	@Override
	public Object save() {
		return new Saved(this.number, this.menus, this.conditionals);
	}

	@Override
	public void load(JsonNode saved) {
		Saved state = Json.read(saved, Saved.class);
		this.number = state.number();
		this.menus = state.menus();
		this.conditionals = new HashMap<>();
		// What was kept before there were such menus has none.
		if (state.conditionals() != null) {
			state.conditionals().forEach((appid, all) -> this.conditionals.put(appid, new ArrayList<>(all)));
		}
	}

	/** A menu as it was created. */
	public record Menu(long id, JsonNode buttons) {
	}

	/**
	 * A menu for some.
	 *
	 * @param rule what a follower must be, by the names of RULES
	 */
	private record Conditional(Menu menu, Map<String, String> rule) {

		boolean fits(Standing standing) {
			String tag = this.rule.getOrDefault("tag_id", "");
			return standing.follows() && (tag.isEmpty() || standing.tags().contains(Integer.parseInt(tag)))
					&& PLATFORM.equals(this.rule.getOrDefault("client_platform_type", PLATFORM));
		}

		JsonNode view() {
			ObjectNode view = Json.object().put("menuid", this.menu.id());
			view.set("button", this.menu.buttons());
			ObjectNode conditions = view.putObject("matchrule");
			this.rule.forEach(conditions::put);
			return view;
		}

	}

	private record Saved(long number, Map<String, Menu> menus, @Nullable Map<String, List<Conditional>> conditionals) {
	}

}
