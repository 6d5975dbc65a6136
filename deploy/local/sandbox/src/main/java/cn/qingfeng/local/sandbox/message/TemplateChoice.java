package cn.qingfeng.local.sandbox.message;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.message.PublicTemplates.Keyword;
import cn.qingfeng.local.sandbox.message.PublicTemplates.Title;
import cn.qingfeng.local.sandbox.message.Template.Kind;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Choosing templates from the public library, and the industry that decides which there
 * are.
 */
public final class TemplateChoice implements Remembered {

	private static final int MOST_TEMPLATES = 25;

	private static final int FEWEST_KEYWORDS = 2;

	private static final int MOST_KEYWORDS = 5;

	private static final int MOST_TITLES = 30;

	private static final int LONGEST_SCENE = 15;

	private final World world;

	private final Templates templates;

	private Map<String, Industry> industries = new HashMap<>();

	public TemplateChoice(World world, Templates templates) {
		this.world = world;
		this.templates = templates;
	}

	public void register(Routes routes) {
		routes.api("POST", "/cgi-bin/template/api_add_template", Capability.TEMPLATE, this::addMessage);
		routes.api("POST", "/cgi-bin/template/api_set_industry", Capability.TEMPLATE, this::setIndustry);
		routes.api("GET", "/cgi-bin/template/get_industry", Capability.TEMPLATE, this::industry);
		routes.api("GET", "/wxaapi/newtmpl/getcategory", Capability.ANY, this::categories);
		routes.api("GET", "/wxaapi/newtmpl/getpubtemplatetitles", Capability.ANY, this::titles);
		routes.api("GET", "/wxaapi/newtmpl/getpubtemplatekeywords", Capability.ANY, this::keywords);
		routes.api("POST", "/wxaapi/newtmpl/addtemplate", Capability.ANY, this::addSubscription);
	}

	private JsonNode addMessage(App app, Call call) {
		JsonNode body = call.json();
		String shortId = Json.text(body, "template_id_short");
		Title title = PublicTemplates.find(shortId.matches("\\d{1,9}") ? Long.parseLong(shortId) : -1)
			.orElseThrow(() -> new WechatError(40037, "invalid template_id_short"));
		List<Keyword> chosen = new ArrayList<>();
		for (JsonNode name : body.path("keyword_name_list").values()) {
			chosen.add(title.keyword(name.asString(""))
				.orElseThrow(() -> new WechatError(40097, "invalid keyword_name_list")));
		}
		if (count(app, false) >= MOST_TEMPLATES) {
			throw new WechatError(45026, "template num exceeds limit");
		}
		return Reply.done()
			.put("template_id", add(app, Kind.TEMPLATE, title, chosen.isEmpty() ? title.keywords() : chosen));
	}

	private JsonNode addSubscription(App app, Call call) {
		JsonNode body = call.json();
		Title title = title(Json.text(body, "tid"));
		List<Keyword> chosen = new ArrayList<>();
		for (JsonNode kid : body.path("kidList").values()) {
			chosen.add(title.keyword(kid.asLong(-1)).orElseThrow(TemplateChoice::wrongKeywords));
		}
		if (chosen.size() < FEWEST_KEYWORDS || chosen.size() > MOST_KEYWORDS) {
			throw wrongKeywords();
		}
		String scene = Json.text(body, "sceneDesc");
		if (scene.isBlank() || scene.codePointCount(0, scene.length()) > LONGEST_SCENE) {
			throw new WechatError(200021, "invalid sceneDesc");
		}
		if (count(app, true) >= MOST_TEMPLATES) {
			throw new WechatError(200012, "private template number limit exceeded");
		}
		return Reply.done().put("priTmplId", add(app, title.kind(), title, chosen));
	}

	private static Title title(String tid) {
		return PublicTemplates.find(tid.matches("\\d{1,9}") ? Long.parseLong(tid) : -1)
			.orElseThrow(() -> new WechatError(200014, "invalid tid"));
	}

	private static WechatError wrongKeywords() {
		return new WechatError(200020, "invalid kidList");
	}

	private long count(App app, boolean subscription) {
		return this.templates.of(app).filter((template) -> subscription == (template.kind() != Kind.TEMPLATE)).count();
	}

	private String add(App app, Kind kind, Title title, List<Keyword> keywords) {
		String content = keywords.stream().map(Keyword::line).collect(Collectors.joining());
		String id = this.world.ids().next("template", 43);
		this.templates.add(new Template(app.appid(), kind, id, title.name(), content));
		return id;
	}

	private JsonNode categories(App app, Call call) {
		ObjectNode answer = Reply.done();
		answer.putArray("data")
			.addObject()
			.put("id", PublicTemplates.CATEGORY)
			.put("name", PublicTemplates.CATEGORY_NAME);
		return answer;
	}

	private JsonNode titles(App app, Call call) {
		if (!List.of(call.param("ids").split(",")).contains(Integer.toString(PublicTemplates.CATEGORY))) {
			throw new WechatError(200019, "invalid ids");
		}
		int start = number(call.param("start"), 200016);
		int limit = number(call.param("limit"), 200017);
		if (limit < 1 || limit > MOST_TITLES) {
			throw new WechatError(200017, "invalid limit");
		}
		ObjectNode answer = Reply.done().put("count", PublicTemplates.all().size());
		ArrayNode data = answer.putArray("data");
		PublicTemplates.all()
			.stream()
			.skip(start)
			.limit(limit)
			.forEach((title) -> data.addObject()
				.put("tid", title.tid())
				.put("title", title.name())
				.put("type", (title.kind() == Kind.LONG_TERM) ? 3 : 2)
				.put("categoryId", Integer.toString(PublicTemplates.CATEGORY)));
		return answer;
	}

	private static int number(String text, int code) {
		if (!text.matches("\\d{1,6}")) {
			throw new WechatError(code, "invalid start or limit");
		}
		return Integer.parseInt(text);
	}

	private JsonNode keywords(App app, Call call) {
		Title title = title(call.param("tid"));
		ObjectNode answer = Reply.done().put("count", title.keywords().size());
		ArrayNode data = answer.putArray("data");
		title.keywords()
			.forEach((keyword) -> data.addObject()
				.put("kid", keyword.kid())
				.put("name", keyword.name())
				.put("example", "")
				.put("rule", keyword.rule()));
		return answer;
	}

	private JsonNode setIndustry(App app, Call call) {
		JsonNode body = call.json();
		long first = Json.number(body, "industry_id1", 0);
		long second = Json.number(body, "industry_id2", 0);
		if (first < 1 || first > 41 || second < 1 || second > 41) {
			throw new WechatError(40102, "invalid industry id");
		}
		YearMonth month = this.world.clock().month();
		Industry before = this.industries.get(app.appid());
		if (before != null && before.month().equals(month.toString())) {
			throw new WechatError(43100, "change template too frequently");
		}
		this.industries.put(app.appid(), new Industry(first, second, month.toString()));
		return Reply.done();
	}

	private JsonNode industry(App app, Call call) {
		Industry industry = this.industries.getOrDefault(app.appid(), Industry.USUAL);
		ObjectNode answer = Json.object();
		answer.set("primary_industry", named(industry.first()));
		answer.set("secondary_industry", named(industry.second()));
		return answer;
	}

	private static ObjectNode named(long id) {
		boolean ours = id == Industry.USUAL.first();
		return Json.object()
			.put("first_class", ours ? "政府与公共事业" : "其它")
			.put("second_class", ours ? "公共事业|非盈利机构" : "其它");
	}

	@Override
	public String name() {
		return "industries";
	}

	@Override
	public Object save() {
		return new Saved(this.industries);
	}

	@Override
	public void load(JsonNode saved) {
		this.industries = Json.read(saved, Saved.class).industries();
	}

	private record Industry(long first, long second, String month) {

		private static final Industry USUAL = new Industry(22, 41, "");

	}

	private record Saved(Map<String, Industry> industries) {
	}

}
