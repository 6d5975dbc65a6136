package cn.qingfeng.local.sandbox.message;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

import cn.qingfeng.local.sandbox.Timing;
import cn.qingfeng.local.sandbox.callback.Dispatcher;
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
import cn.qingfeng.local.sandbox.registry.Quotas;
import cn.qingfeng.local.sandbox.registry.Standing;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Template messages: accepted with an id, shown, and reported by an event.
 */
public final class TemplateSending implements Remembered {

	private static final Duration MEMORY = Duration.ofMinutes(10);

	private static final String JOB = "templateReceipt";

	private final World world;

	private final Timing timing;

	private final Apps apps;

	private final People people;

	private final Quotas quotas;

	private final Templates templates;

	private final Chat chat;

	private final Dispatcher dispatcher;

	private LinkedHashMap<String, Sent> sent = new LinkedHashMap<>();

	public TemplateSending(World world, Timing timing, Apps apps, People people, Quotas quotas, Templates templates,
			Chat chat, Dispatcher dispatcher) {
		this.world = world;
		this.timing = timing;
		this.apps = apps;
		this.people = people;
		this.quotas = quotas;
		this.templates = templates;
		this.chat = chat;
		this.dispatcher = dispatcher;
		world.jobs().on(JOB, (payload) -> report(Json.read(payload, Receipt.class)));
	}

	public void register(Routes routes) {
		routes.api("POST", "/cgi-bin/message/template/send", Capability.TEMPLATE, this::send);
	}

	private JsonNode send(App app, Call call) {
		JsonNode body = call.json();
		Person person = this.people.withOpenid(app, Json.text(body, "touser"));
		if (person == null) {
			throw WechatError.invalidOpenid();
		}
		Template template = this.templates.get(app, Json.text(body, "template_id"), false);
		Standing standing = person.at(app);
		if (!standing.follows()) {
			throw new WechatError(43004, "require subscribe");
		}
		String mini = Json.text(body.path("miniprogram"), "appid");
		if (!mini.isEmpty() && !app.linksTo(mini)) {
			throw new WechatError(40013, "invalid appid");
		}
		if (app.has("templateRestricted/" + template.id())) {
			throw new WechatError(43116, "this template is restricted");
		}
		List<Field> fields = template.fill(body.path("data"));
		String key = key(app, standing, Json.text(body, "client_msg_id"));
		Sent before = this.sent.get(key);
		if (!key.isEmpty() && before != null && before.at().plus(MEMORY).isAfter(this.world.clock().instant())) {
			return answer(before.id());
		}
		if (!this.quotas.take(app, "template to " + standing.openid(),
				app.quota("templatePerPerson", Long.MAX_VALUE))) {
			throw new WechatError(43117, "too many template messages to this user");
		}
		return accept(app, person, template, fields, body, key);
	}

	private static String key(App app, Standing standing, String clientId) {
		return clientId.isEmpty() ? "" : app.appid() + ' ' + standing.openid() + ' ' + clientId;
	}

	private JsonNode accept(App app, Person person, Template template, List<Field> fields, JsonNode body, String key) {
		long id = this.world.ids().nextNumber();
		Standing standing = person.at(app);
		boolean refused = standing.refusesMessages();
		if (!refused) {
			this.chat.card(app, person, "template", template.title(), fields, Json.text(body, "url"),
					Json.text(body.path("miniprogram"), "pagepath"));
		}
		if (!key.isEmpty()) {
			remember(key, id);
		}
		String status = refused ? "failed:user block" : "success";
		Receipt receipt = new Receipt(app.appid(), standing.openid(), id, status);
		this.world.jobs().after(app.delay("receipt", this.timing.receipt()), JOB, Json.tree(receipt));
		return answer(id);
	}

	private void remember(String key, long id) {
		Instant now = this.world.clock().instant();
		while (!this.sent.isEmpty() && this.sent.firstEntry().getValue().at().plus(MEMORY).isBefore(now)) {
			this.sent.pollFirstEntry();
		}
		this.sent.put(key, new Sent(id, now));
	}

	private static JsonNode answer(long id) {
		ObjectNode answer = Reply.done();
		answer.put("msgid", id);
		return answer;
	}

	private void report(Receipt receipt) {
		ObjectNode event = Json.object();
		event.put("MsgID", receipt.id());
		event.put("Status", receipt.status());
		this.dispatcher.event(this.apps.get(receipt.appid()), receipt.openid(), "TEMPLATESENDJOBFINISH", event);
	}

	@Override
	public String name() {
		return "templateMessages";
	}

	@Override
	public Object save() {
		return new Saved(this.sent);
	}

	@Override
	public void load(JsonNode saved) {
		this.sent = Json.read(saved, Saved.class).sent();
	}

	private record Sent(long id, Instant at) {
	}

	private record Receipt(String appid, String openid, long id, String status) {
	}

	private record Saved(LinkedHashMap<String, Sent> sent) {
	}

}
