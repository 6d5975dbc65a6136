package cn.qingfeng.local.sandbox.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import cn.qingfeng.local.sandbox.callback.Dispatcher;
import cn.qingfeng.local.sandbox.message.Template.Kind;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.CallbackFormat;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.SandboxClock;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people answer when an account asks whether it may send.
 */
public final class Consents {

	private final SandboxClock clock;

	private final Templates templates;

	private final Dispatcher dispatcher;

	public Consents(SandboxClock clock, Templates templates, Dispatcher dispatcher) {
		this.clock = clock;
		this.templates = templates;
		this.dispatcher = dispatcher;
	}

	/**
	 * The popup: each accept adds one send, or a lasting consent. Who said that the
	 * answer stands for ever is not asked again.
	 */
	public void popup(App app, Person person, Map<String, String> answers, boolean always, String scene) {
		List<ObjectNode> items = new ArrayList<>();
		answers.forEach((id, given) -> {
			String answer = Objects.requireNonNullElse(person.at(app).always(id), given);
			if (always) {
				person.at(app).alwaysAnswer(id, answer);
			}
			Template template = this.templates.find(app, id)
				.filter((each) -> each.kind() != Kind.TEMPLATE)
				.orElseThrow(() -> new IllegalArgumentException("no subscription template " + id));
			if ("accept".equals(answer)) {
				person.at(app).accept(id, template.kind() == Kind.LONG_TERM);
			}
			items
				.add(Json.object().put("TemplateId", id).put("SubscribeStatusString", answer).put("PopupScene", scene));
		});
		tell(app, person.at(app).openid(), "subscribe_msg_popup_event", "SubscribeMsgPopupEvent", items);
	}

	/** The settings page: consents taken back. */
	public void withdraw(App app, Person person, List<String> ids) {
		List<ObjectNode> items = new ArrayList<>();
		for (String id : ids) {
			person.at(app).withdraw(id);
			items.add(Json.object().put("TemplateId", id).put("SubscribeStatusString", "reject"));
		}
		tell(app, person.at(app).openid(), "subscribe_msg_change_event", "SubscribeMsgChangeEvent", items);
	}

	/**
	 * In XML the list has a wrapper; in JSON it stands alone, and a single item without
	 * brackets.
	 */
	void tell(App app, String openid, String event, String wrapper, List<ObjectNode> items) {
		ObjectNode fields = Json.object();
		boolean json = app.registration().format() == CallbackFormat.JSON;
		ObjectNode parent = json ? fields : fields.putObject(wrapper);
		if (json) {
			fields.put("CreateTime", Long.toString(this.clock.seconds()));
		}
		if (items.size() == 1) {
			parent.set("List", items.getFirst());
		}
		else {
			ArrayNode list = parent.putArray("List");
			items.forEach(list::add);
		}
		this.dispatcher.event(app, openid, event, fields);
	}

}
