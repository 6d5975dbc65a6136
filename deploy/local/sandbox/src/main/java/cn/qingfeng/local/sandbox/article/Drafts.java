package cn.qingfeng.local.sandbox.article;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.media.Library;
import cn.qingfeng.local.sandbox.media.Pages;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The draft box.
 */
public final class Drafts implements Remembered {

	private static final int MOST_ARTICLES = 8;

	private final World world;

	private final ArticleRules rules;

	private final ArticlePages pages;

	private Map<String, Draft> drafts = new LinkedHashMap<>();

	public Drafts(World world, Library library, ArticlePages pages) {
		this.world = world;
		this.rules = new ArticleRules(library);
		this.pages = pages;
	}

	public void register(Routes routes) {
		routes.api("POST", "/cgi-bin/draft/add", Capability.DRAFT, this::add);
		routes.api("POST", "/cgi-bin/draft/get", Capability.DRAFT, this::get);
		routes.api("POST", "/cgi-bin/draft/update", Capability.DRAFT, this::update);
		routes.api("POST", "/cgi-bin/draft/delete", Capability.DRAFT, this::delete);
		routes.api("ANY", "/cgi-bin/draft/count", Capability.DRAFT, this::count);
		routes.api("POST", "/cgi-bin/draft/batchget", Capability.DRAFT, this::list);
	}

	/** The articles of a draft, which stays where it is. */
	public List<Article> articles(App app, String mediaId) {
		return owned(app, mediaId).articles();
	}

	/** Takes a draft out of the box for good. */
	public List<Article> consume(App app, String mediaId) {
		Draft draft = owned(app, mediaId);
		this.drafts.remove(mediaId);
		return draft.articles();
	}

	/** The page on which an editor looks at a draft before it is sent, or nothing. */
	public @Nullable Reply preview(String page) {
		int dash = page.lastIndexOf('-');
		Draft draft = (dash > 0) ? this.drafts.get(page.substring(0, dash)) : null;
		String index = page.substring(dash + 1);
		if (draft == null || !index.matches("\\d") || Integer.parseInt(index) >= draft.articles().size()) {
			return null;
		}
		return this.pages.show(draft.account(), draft.articles().get(Integer.parseInt(index)), draft.updatedAt());
	}

	private Draft owned(App app, String mediaId) {
		Draft draft = this.drafts.get(mediaId);
		if (draft == null || !draft.appid().equals(app.appid())) {
			throw WechatError.invalidMedia();
		}
		return draft;
	}

	private JsonNode add(App app, Call call) {
		JsonNode wanted = call.json().path("articles");
		if (!wanted.isArray() || wanted.isEmpty()) {
			throw new WechatError(44003, "empty news data");
		}
		if (wanted.size() > MOST_ARTICLES) {
			throw new WechatError(45008, "article size out of limit");
		}
		List<Article> articles = new ArrayList<>();
		wanted.values().forEach((each) -> articles.add(this.rules.check(app, each)));
		String mediaId = this.world.ids().next("draft", 64);
		Instant now = this.world.clock().instant();
		this.drafts.put(mediaId, new Draft(mediaId, app.appid(), app.registration().name(), articles, now, now));
		return Json.object().put("media_id", mediaId);
	}

	private JsonNode get(App app, Call call) {
		Draft draft = owned(app, Json.text(call.json(), "media_id"));
		ObjectNode answer = Json.object();
		answer.set("news_item", items(draft, true));
		answer.put("create_time", draft.createdAt().getEpochSecond());
		answer.put("update_time", draft.updatedAt().getEpochSecond());
		return answer;
	}

	private JsonNode update(App app, Call call) {
		JsonNode body = call.json();
		Draft draft = owned(app, Json.text(body, "media_id"));
		long index = Json.number(body, "index", 0);
		if (index < 0 || index >= draft.articles().size()) {
			throw new WechatError(40114, "invalid index value");
		}
		JsonNode wanted = body.path("articles");
		Article article = this.rules.check(app, wanted.isArray() ? wanted.path(0) : wanted);
		List<Article> articles = new ArrayList<>(draft.articles());
		articles.set((int) index, article);
		this.drafts.put(draft.mediaId(), new Draft(draft.mediaId(), draft.appid(), draft.account(), articles,
				draft.createdAt(), this.world.clock().instant()));
		return Reply.done();
	}

	private JsonNode delete(App app, Call call) {
		this.drafts.remove(owned(app, Json.text(call.json(), "media_id")).mediaId());
		return Reply.done();
	}

	private JsonNode count(App app, Call call) {
		return Json.object().put("total_count", of(app).size());
	}

	private JsonNode list(App app, Call call) {
		JsonNode body = call.json();
		List<Draft> all = of(app);
		List<Draft> page = Pages.of(all, body);
		boolean withContent = Json.number(body, "no_content", 0) == 0;
		ObjectNode answer = Json.object();
		answer.put("total_count", all.size());
		answer.put("item_count", page.size());
		ArrayNode items = answer.putArray("item");
		for (Draft draft : page) {
			ObjectNode item = items.addObject().put("media_id", draft.mediaId());
			item.putObject("content").set("news_item", items(draft, withContent));
			item.put("update_time", draft.updatedAt().getEpochSecond());
		}
		return answer;
	}

	private List<Draft> of(App app) {
		return this.drafts.values()
			.stream()
			.filter((draft) -> draft.appid().equals(app.appid()))
			.sorted(Comparator.comparing(Draft::updatedAt).reversed())
			.toList();
	}

	private ArrayNode items(Draft draft, boolean withContent) {
		ArrayNode items = Json.array();
		for (int i = 0; i < draft.articles().size(); i++) {
			items.add(draft.articles().get(i).view(this.pages.previewUrl(draft.mediaId(), i), withContent));
		}
		return items;
	}

	@Override
	public String name() {
		return "drafts";
	}

	@Override
	public Object save() {
		return new Saved(this.drafts);
	}

	@Override
	public void load(JsonNode saved) {
		this.drafts = Json.read(saved, Saved.class).drafts();
	}

	private record Draft(String mediaId, String appid, String account, List<Article> articles, Instant createdAt,
			Instant updatedAt) {
	}

	private record Saved(Map<String, Draft> drafts) {
	}

}
