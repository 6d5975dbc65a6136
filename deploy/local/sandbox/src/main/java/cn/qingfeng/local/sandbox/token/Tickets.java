package cn.qingfeng.local.sandbox.token;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tickets that sign a page for the JS-SDK.
 */
public final class Tickets implements Remembered {

	private static final Duration LIFE = Duration.ofSeconds(7_200);

	private final World world;

	private Map<String, Ticket> tickets = new HashMap<>();

	public Tickets(World world) {
		this.world = world;
	}

	public void register(Routes routes) {
		routes.api("GET", "/cgi-bin/ticket/getticket", Capability.JS_SDK, this::ticket);
	}

	private JsonNode ticket(App app, Call call) {
		String type = call.param("type");
		if (!"jsapi".equals(type) && !"wx_card".equals(type)) {
			throw new WechatError(40097, "invalid args");
		}
		Instant now = this.world.clock().instant();
		Ticket ticket = this.tickets.compute(app.appid() + ' ' + type,
				(key, known) -> (known != null && now.isBefore(known.expiresAt())) ? known
						: new Ticket(this.world.ids().next("ticket", 86), now.plus(LIFE)));
		ObjectNode answer = Reply.done();
		answer.put("ticket", ticket.value());
		answer.put("expires_in", Duration.between(now, ticket.expiresAt()).toSeconds());
		return answer;
	}

	@Override
	public String name() {
		return "tickets";
	}

	@Override
	public Object save() {
		return new Saved(this.tickets);
	}

	@Override
	public void load(JsonNode saved) {
		this.tickets = Json.read(saved, Saved.class).tickets();
	}

	private record Ticket(String value, Instant expiresAt) {
	}

	private record Saved(Map<String, Ticket> tickets) {
	}

}
