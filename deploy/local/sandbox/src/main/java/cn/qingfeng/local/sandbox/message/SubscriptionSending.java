package cn.qingfeng.local.sandbox.message;

import java.util.List;

import cn.qingfeng.local.sandbox.Timing;
import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Apps;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.registry.Chat;
import cn.qingfeng.local.sandbox.registry.People;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.registry.PhoneMessage.Field;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Subscription messages: each uses up a consent, unless the consent lasts.
 */
public final class SubscriptionSending {

	private static final String JOB = "subscriptionReceipt";

	private final World world;

	private final Timing timing;

	private final Apps apps;

	private final People people;

	private final Templates templates;

	private final Chat chat;

	private final Consents consents;

	public SubscriptionSending(World world, Timing timing, Apps apps, People people, Templates templates, Chat chat,
			Consents consents) {
		this.world = world;
		this.timing = timing;
		this.apps = apps;
		this.people = people;
		this.templates = templates;
		this.chat = chat;
		this.consents = consents;
		world.jobs().on(JOB, (payload) -> report(Json.read(payload, Receipt.class)));
	}

	public void register(Routes routes) {
		routes.api("POST", "/cgi-bin/message/subscribe/send", Capability.MINI_SUBSCRIBE,
				(app, call) -> send(app, call, app.has("subscribeSendTellsMsgid")));
		routes.api("POST", "/cgi-bin/message/subscribe/bizsend", Capability.BIZ_SUBSCRIBE,
				(app, call) -> send(app, call, app.has("bizsendTellsMsgid")));
	}

	private JsonNode send(App app, Call call, boolean tellsId) {
		JsonNode body = call.json();
		Person person = this.people.withOpenid(app, Json.text(body, "touser"));
		if (person == null) {
			throw WechatError.invalidOpenid();
		}
		Template template = this.templates.get(app, Json.text(body, "template_id"), true);
		String page = Json.text(body, "page");
		if (app.may(Capability.MINI_SUBSCRIBE) && !app.hasPage(page, version(body))) {
			throw new WechatError(41030, "invalid page");
		}
		List<Field> fields = template.fill(body.path("data"));
		if (!person.at(app).spend(template.id())) {
			throw new WechatError(43101, "user refuse to accept the msg");
		}
		boolean mini = app.may(Capability.MINI_SUBSCRIBE);
		this.chat.card(app, person, "subscription", template.title(), fields, mini ? null : page,
				mini ? page : Json.text(body.path("miniprogram"), "pagepath"));
		long id = this.world.ids().nextNumber();
		Receipt receipt = new Receipt(app.appid(), person.at(app).openid(), template.id(), id);
		this.world.jobs().after(app.delay("receipt", this.timing.receipt()), JOB, Json.tree(receipt));
		ObjectNode answer = Reply.done();
		return tellsId ? answer.put("msgid", id) : answer;
	}

	private static String version(JsonNode body) {
		return switch (Json.text(body, "miniprogram_state")) {
			case "developer" -> "develop";
			case "trial" -> "trial";
			default -> "release";
		};
	}

	private void report(Receipt receipt) {
		ObjectNode item = Json.object();
		item.put("TemplateId", receipt.template());
		item.put("MsgID", Long.toString(receipt.id()));
		item.put("ErrorCode", "0");
		item.put("ErrorStatus", "success");
		this.consents.tell(this.apps.get(receipt.appid()), receipt.openid(), "subscribe_msg_sent_event",
				"SubscribeMsgSentEvent", List.of(item));
	}

	private record Receipt(String appid, String openid, String template, long id) {
	}

}
