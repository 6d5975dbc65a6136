package cn.qingfeng.local.sandbox.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.message.Template.Kind;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.AppKind;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The templates that the accounts have chosen.
 */
public final class Templates implements Remembered {

	private List<Template> templates = new ArrayList<>();

	/** Gives an account the templates that a service of this kind would choose. */
	public void equip(App app) {
		if (app.kind() == AppKind.SERVICE) {
			SampleTemplates.forService(app.appid()).forEach(this.templates::add);
		}
		if (app.kind() == AppKind.MINI) {
			SampleTemplates.forMini(app.appid()).forEach(this.templates::add);
		}
	}

	public void register(Routes routes) {
		routes.api("GET", "/cgi-bin/template/get_all_private_template", Capability.TEMPLATE, this::messages);
		routes.api("POST", "/cgi-bin/template/del_private_template", Capability.TEMPLATE, this::delete);
		routes.api("GET", "/wxaapi/newtmpl/gettemplate", Capability.ANY, this::subscriptions);
		routes.api("POST", "/wxaapi/newtmpl/deltemplate", Capability.ANY, this::deleteSubscription);
	}

	void add(Template template) {
		this.templates.add(template);
	}

	Template get(App app, String id, boolean subscription) {
		return find(app, id).filter((template) -> subscription == (template.kind() != Kind.TEMPLATE))
			.orElseThrow(WechatError::invalidTemplate);
	}

	Optional<Template> find(App app, String id) {
		return of(app).filter((template) -> template.id().equals(id)).findFirst();
	}

	public Stream<Template> of(App app) {
		return this.templates.stream().filter((template) -> template.appid().equals(app.appid()));
	}

	private JsonNode messages(App app, Call call) {
		ObjectNode answer = Json.object();
		ArrayNode list = answer.putArray("template_list");
		of(app).filter((template) -> template.kind() == Kind.TEMPLATE)
			.forEach((template) -> list.addObject()
				.put("template_id", template.id())
				.put("title", template.title())
				.put("primary_industry", "政府与公共事业")
				.put("deputy_industry", "公共事业")
				.put("content", template.content())
				.put("example", ""));
		return answer;
	}

	private JsonNode subscriptions(App app, Call call) {
		ObjectNode answer = Reply.done();
		ArrayNode list = answer.putArray("data");
		of(app).filter((template) -> template.kind() != Kind.TEMPLATE)
			.forEach((template) -> list.addObject()
				.put("priTmplId", template.id())
				.put("title", template.title())
				.put("content", template.content())
				.put("example", "")
				.put("type", (template.kind() == Kind.LONG_TERM) ? 3 : 2));
		return answer;
	}

	private JsonNode deleteSubscription(App app, Call call) {
		this.templates.remove(get(app, Json.text(call.json(), "priTmplId"), true));
		return Reply.done();
	}

	private JsonNode delete(App app, Call call) {
		this.templates.remove(get(app, Json.text(call.json(), "template_id"), false));
		return Reply.done();
	}

	@Override
	public String name() {
		return "templates";
	}

	@Override
	public Object save() {
		return new Saved(this.templates);
	}

	@Override
	public void load(JsonNode saved) {
		this.templates = Json.read(saved, Saved.class).templates();
	}

	private record Saved(List<Template> templates) {
	}

}
