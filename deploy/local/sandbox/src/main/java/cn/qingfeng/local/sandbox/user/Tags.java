package cn.qingfeng.local.sandbox.user;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.registry.People;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tags on followers: a hundred at most, and three that belong to WeChat.
 */
public final class Tags implements Remembered {

	private static final int MOST = 100;

	private static final int NAME = 30;

	private static final int FIRST = 100;

	private static final int ON_ONE = 20;

	private static final int AT_ONCE = 50;

	/** With more followers on it a tag must be emptied first. */
	private static final int TOO_MANY_TO_DELETE = 100_000;

	private static final Map<Integer, String> SYSTEM = new TreeMap<>(Map.of(0, "默认组", 1, "屏蔽组", 2, "星标组"));

	private final People people;

	private Map<String, TreeMap<Integer, String>> tags = new TreeMap<>();

	public Tags(People people) {
		this.people = people;
	}

	public void register(Routes routes) {
		routes.api("GET", "/cgi-bin/tags/get", Capability.USERS, this::list);
		routes.api("POST", "/cgi-bin/tags/create", Capability.USERS, this::create);
		routes.api("POST", "/cgi-bin/tags/update", Capability.USERS, this::update);
		routes.api("POST", "/cgi-bin/tags/delete", Capability.USERS, this::delete);
		routes.api("POST", "/cgi-bin/tags/getidlist", Capability.USERS, this::ofFollower);
		routes.api("POST", "/cgi-bin/user/tag/get", Capability.USERS, this::members);
		routes.api("POST", "/cgi-bin/tags/members/batchtagging", Capability.USERS,
				(app, call) -> change(app, call, true));
		routes.api("POST", "/cgi-bin/tags/members/batchuntagging", Capability.USERS,
				(app, call) -> change(app, call, false));
	}

	private TreeMap<Integer, String> of(App app) {
		return this.tags.computeIfAbsent(app.appid(), (appid) -> new TreeMap<>(SYSTEM));
	}

	public boolean exists(App app, int tag) {
		return of(app).containsKey(tag);
	}

	private JsonNode list(App app, Call call) {
		ObjectNode answer = Json.object();
		ArrayNode list = answer.putArray("tags");
		of(app).forEach((id, name) -> list.addObject()
			.put("id", id)
			.put("name", name)
			.put("count", this.people.followers(app).filter((each) -> each.at(app).tags().contains(id)).count()));
		return answer;
	}

	private JsonNode create(App app, Call call) {
		String name = newName(app, call.json().path("tag"));
		TreeMap<Integer, String> known = of(app);
		if (known.size() >= MOST) {
			throw new WechatError(45056, "too many tag now, cannot add new");
		}
		int id = Math.max(FIRST, known.lastKey() + 1);
		known.put(id, name);
		ObjectNode answer = Json.object();
		answer.putObject("tag").put("id", id).put("name", name);
		return answer;
	}

	private String newName(App app, JsonNode tag) {
		String name = Json.text(tag, "name");
		if (name.isBlank() || name.length() > NAME) {
			throw new WechatError(45158, "tag name too long");
		}
		if (of(app).containsValue(name)) {
			throw new WechatError(45157, "invalid tag name");
		}
		return name;
	}

	private int owned(App app, JsonNode tag) {
		int id = (int) Json.number(tag, "id", -1);
		if (SYSTEM.containsKey(id)) {
			throw new WechatError(45058, "can't modify sys tag");
		}
		return known(app, id);
	}

	private int known(App app, int id) {
		if (!exists(app, id)) {
			throw new WechatError(45159, "invalid tag");
		}
		return id;
	}

	private JsonNode update(App app, Call call) {
		JsonNode tag = call.json().path("tag");
		int id = owned(app, tag);
		of(app).put(id, newName(app, tag));
		return Reply.done();
	}

	private JsonNode delete(App app, Call call) {
		int id = owned(app, call.json().path("tag"));
		if (this.people.followers(app)
			.filter((each) -> each.at(app).tags().contains(id))
			.count() > TOO_MANY_TO_DELETE) {
			throw new WechatError(45057, "can't delete the tag that has too many fans");
		}
		of(app).remove(id);
		this.people.all().forEach((person) -> person.at(app).tags().remove(id));
		return Reply.done();
	}

	private JsonNode ofFollower(App app, Call call) {
		ObjectNode answer = Json.object();
		ArrayNode ids = answer.putArray("tagid_list");
		person(app, Json.text(call.json(), "openid")).at(app).tags().forEach(ids::add);
		return answer;
	}

	private JsonNode members(App app, Call call) {
		JsonNode body = call.json();
		int id = known(app, (int) Json.number(body, "tagid", -1));
		List<String> all = new ArrayList<>();
		this.people.followers(app)
			.filter((person) -> person.at(app).tags().contains(id))
			.forEach((person) -> all.add(person.at(app).openid()));
		return Followers.page(all, Json.text(body, "next_openid"), "");
	}

	private JsonNode change(App app, Call call, boolean add) {
		JsonNode body = call.json();
		JsonNode openids = body.path("openid_list");
		if (openids.isEmpty() || openids.size() > AT_ONCE) {
			throw new WechatError(40032, "invalid openid list size");
		}
		int id = known(app, (int) Json.number(body, "tagid", -1));
		List<Person> meant = new ArrayList<>();
		openids.values().forEach((openid) -> meant.add(person(app, openid.asString(""))));
		List<Person> full = meant.stream().filter((person) -> add && isFull(person.at(app).tags(), id)).toList();
		if (full.size() == meant.size()) {
			throw new WechatError(45059, "can't add more tag to one user");
		}
		meant.removeAll(full);
		for (Person person : meant) {
			if (add) {
				person.at(app).tags().add(id);
			}
			else {
				person.at(app).tags().remove(id);
			}
		}
		if (!full.isEmpty()) {
			throw partly(app, full);
		}
		return Reply.done();
	}

	private static WechatError partly(App app, List<Person> left) {
		ObjectNode failed = Json.object();
		ArrayNode openids = failed.putArray("fail_openid_list");
		left.forEach((person) -> openids.add(person.at(app).openid()));
		return new WechatError(45171, "some openid failed", failed);
	}

	private static boolean isFull(Set<Integer> tags, int wanted) {
		return tags.size() >= ON_ONE && !tags.contains(wanted);
	}

	private Person person(App app, String openid) {
		Person person = this.people.withOpenid(app, openid);
		if (person != null) {
			return person;
		}
		throw (this.people.withOpenid(openid) != null) ? new WechatError(49003, "not match openid with appid")
				: WechatError.invalidOpenid();
	}

	@Override
	public String name() {
		return "tags";
	}

	@Override
	public Object save() {
		return new Saved(this.tags);
	}

	@Override
	public void load(JsonNode saved) {
		this.tags = Json.read(saved, Saved.class).tags();
	}

	private record Saved(Map<String, TreeMap<Integer, String>> tags) {
	}

}
