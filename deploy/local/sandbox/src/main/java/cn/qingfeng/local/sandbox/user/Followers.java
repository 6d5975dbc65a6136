package cn.qingfeng.local.sandbox.user;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.registry.People;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.registry.Standing;
import cn.qingfeng.local.sandbox.world.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who follows, page by page and one by one.
 */
public final class Followers {

	private static final int PAGE = 10_000;

	private static final int BATCH = 100;

	private static final int REMARK = 30;

	private final People people;

	public Followers(People people) {
		this.people = people;
	}

	public void register(Routes routes) {
		routes.api("GET", "/cgi-bin/user/get", Capability.USERS, this::list);
		routes.api("GET", "/cgi-bin/user/info", Capability.USERS,
				(app, call) -> view(app, person(app, call.param("openid"))));
		routes.api("POST", "/cgi-bin/user/info/batchget", Capability.USERS, this::batch);
		routes.api("POST", "/cgi-bin/user/info/updateremark", Capability.USERS, this::remark);
	}

	private JsonNode list(App app, Call call) {
		List<String> all = new ArrayList<>();
		this.people.followers(app).forEach((person) -> all.add(person.at(app).openid()));
		return page(all, call.param("next_openid"), "total");
	}

	/** A page of openids after the given one; past the end it is empty. */
	static ObjectNode page(List<String> all, String after, String totalName) {
		int from = 0;
		if (!after.isEmpty()) {
			from = all.indexOf(after) + 1;
			if (from == 0) {
				throw WechatError.invalidOpenid();
			}
		}
		List<String> page = all.subList(from, Math.min(all.size(), from + PAGE));
		ObjectNode answer = Json.object();
		if (!totalName.isEmpty()) {
			answer.put(totalName, all.size());
		}
		answer.put("count", page.size());
		if (!page.isEmpty()) {
			ArrayNode openids = answer.putObject("data").putArray("openid");
			page.forEach(openids::add);
		}
		answer.put("next_openid", page.isEmpty() ? "" : page.getLast());
		return answer;
	}

	private Person person(App app, String openid) {
		Person person = this.people.withOpenid(app, openid);
		if (person == null) {
			throw WechatError.invalidOpenid();
		}
		return person;
	}

	private static ObjectNode view(App app, Person person) {
		Standing standing = person.at(app);
		ObjectNode view = Json.object();
		view.put("subscribe", standing.follows() ? 1 : 0);
		view.put("openid", standing.openid());
		Instant since = standing.followedAt();
		if (!standing.follows() || since == null) {
			return view;
		}
		view.put("language", "zh_CN");
		view.put("subscribe_time", since.getEpochSecond());
		if (!app.registration().openPlatformId().isEmpty()) {
			view.put("unionid", person.unionid());
		}
		view.put("remark", standing.remark());
		view.put("groupid", 0);
		ArrayNode tags = view.putArray("tagid_list");
		standing.tags().forEach(tags::add);
		view.put("subscribe_scene", standing.scene());
		view.put("qr_scene", 0);
		view.put("qr_scene_str", standing.qrScene());
		return view;
	}

	private JsonNode batch(App app, Call call) {
		JsonNode wanted = call.json().path("user_list");
		if (wanted.isEmpty() || wanted.size() > BATCH) {
			throw new WechatError(40032, "invalid openid list size");
		}
		ObjectNode answer = Json.object();
		ArrayNode views = answer.putArray("user_info_list");
		wanted.values().forEach((each) -> views.add(view(app, person(app, Json.text(each, "openid")))));
		return answer;
	}

	private JsonNode remark(App app, Call call) {
		JsonNode body = call.json();
		String remark = Json.text(body, "remark");
		if (remark.length() >= REMARK) {
			throw new WechatError(40092, "invalid remark");
		}
		Standing standing = person(app, Json.text(body, "openid")).at(app);
		if (!standing.follows()) {
			throw new WechatError(46004, "user not exist");
		}
		standing.remark(remark);
		return Reply.done();
	}

}
