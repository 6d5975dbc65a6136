package cn.qingfeng.local.sandbox.token;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import cn.qingfeng.local.sandbox.callback.CallbackCodec;
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

	/**
	 * Whether WeChat would let a page that signed so use the JS-SDK.
	 * @param wanted appid, url, noncestr, timestamp and signature
	 */
	public ObjectNode verify(JsonNode wanted) {
		Ticket ticket = this.tickets.get(Json.text(wanted, "appid") + " jsapi");
		if (ticket == null || !this.world.clock().instant().isBefore(ticket.expiresAt())) {
			return Json.object().put("valid", false).put("reason", "no ticket is valid now");
		}
		String signed = "jsapi_ticket=" + ticket.value() + "&noncestr=" + Json.text(wanted, "noncestr") + "&timestamp="
				+ Json.text(wanted, "timestamp") + "&url=" + Json.text(wanted, "url").replaceAll("#.*", "");
		boolean valid = CallbackCodec.sha1(signed).equals(Json.text(wanted, "signature"));
		return Json.object().put("valid", valid).put("reason", valid ? "" : "the signature is wrong");
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
