package cn.qingfeng.local.sandbox.user;

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
import cn.qingfeng.local.sandbox.world.Json;
import tools.jackson.databind.JsonNode;

/**
 * Followers whom an account does not want.
 */
public final class Blacklist {

	private static final int AT_ONCE = 20;

	private final People people;

	public Blacklist(People people) {
		this.people = people;
	}

	public void register(Routes routes) {
		routes.api("POST", "/cgi-bin/tags/members/getblacklist", Capability.USERS, this::list);
		routes.api("POST", "/cgi-bin/tags/members/batchblacklist", Capability.USERS,
				(app, call) -> change(app, call, true));
		routes.api("POST", "/cgi-bin/tags/members/batchunblacklist", Capability.USERS,
				(app, call) -> change(app, call, false));
	}

	private JsonNode list(App app, Call call) {
		List<String> all = new ArrayList<>();
		this.people.all()
			.stream()
			.filter((person) -> person.at(app).blacklisted())
			.forEach((person) -> all.add(person.at(app).openid()));
		return Followers.page(all, Json.text(call.json(), "begin_openid"), "total");
	}

	private JsonNode change(App app, Call call, boolean on) {
		JsonNode openids = call.json().path("openid_list");
		if (openids.isEmpty() || openids.size() > AT_ONCE) {
			throw new WechatError(40032, "invalid openid list size");
		}
		List<Person> meant = new ArrayList<>();
		for (JsonNode openid : openids.values()) {
			Person person = this.people.withOpenid(app, openid.asString(""));
			if (person == null) {
				throw WechatError.invalidOpenid();
			}
			meant.add(person);
		}
		meant.forEach((person) -> person.at(app).blacklist(on));
		return Reply.done();
	}

}
