package cn.qingfeng.local.sandbox.article;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import cn.qingfeng.local.sandbox.Timing;
import cn.qingfeng.local.sandbox.callback.Dispatcher;
import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Routes;
import cn.qingfeng.local.sandbox.http.WechatError;
import cn.qingfeng.local.sandbox.media.Pages;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.registry.Apps;
import cn.qingfeng.local.sandbox.registry.Capability;
import cn.qingfeng.local.sandbox.statistics.Statistics;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Publishing without telling anybody: an asynchronous job that ends in an event.
 */
public final class Publishing implements Remembered {

	private static final int UNDERWAY = 1;

	private static final int DONE = 0;

	private static final int NOT_ORIGINAL = 2;

	private static final int FAILED = 3;

	private static final int REFUSED = 4;

	private static final int DELETED = 5;

	private static final String JOB = "publish";

	private final World world;

	private final Timing timing;

	private final Apps apps;

	private final Drafts drafts;

	private final ArticlePages pages;

	private final Statistics statistics;

	private final Dispatcher dispatcher;

	private Map<String, Publication> publications = new LinkedHashMap<>();

	public Publishing(World world, Timing timing, Apps apps, Drafts drafts, ArticlePages pages, Statistics statistics,
			Dispatcher dispatcher) {
		this.world = world;
		this.timing = timing;
		this.apps = apps;
		this.drafts = drafts;
		this.pages = pages;
		this.statistics = statistics;
		this.dispatcher = dispatcher;
		world.jobs().on(JOB, (payload) -> finish(payload.asString("")));
	}

	public void register(Routes routes) {
		routes.api("POST", "/cgi-bin/freepublish/submit", Capability.PUBLISH, this::submit);
		routes.api("POST", "/cgi-bin/freepublish/get", Capability.PUBLISH, this::get);
		routes.api("POST", "/cgi-bin/freepublish/delete", Capability.PUBLISH, this::delete);
		routes.api("POST", "/cgi-bin/freepublish/getarticle", Capability.PUBLISH, this::article);
		routes.api("POST", "/cgi-bin/freepublish/batchget", Capability.PUBLISH, this::list);
	}

	private JsonNode submit(App app, Call call) {
		String refusal = app.outcome("submit");
		if (refusal != null && refusal.matches("5350[345]")) {
			throw new WechatError(Integer.parseInt(refusal), "draft cannot be published");
		}
		List<Article> articles = this.drafts.consume(app, Json.text(call.json(), "media_id"));
		String id = Long.toString(this.world.ids().nextShortNumber());
		long data = this.world.ids().nextShortNumber();
		this.publications.put(id, new Publication(id, app.appid(), articles, UNDERWAY,
				this.world.ids().next("article", 43), List.of(), this.world.clock().instant(), data));
		this.world.jobs().after(app.delay("publish", this.timing.publishJob()), JOB, Json.string(id));
		ObjectNode answer = Reply.done();
		answer.put("publish_id", id);
		answer.put("msg_data_id", data);
		return answer;
	}

	private void finish(String id) {
		Publication waiting = this.publications.get(id);
		if (waiting == null) {
			throw new IllegalStateException("no publication " + id);
		}
		App app = this.apps.get(waiting.appid());
		Publication done = decided(app, waiting);
		this.publications.put(id, done);
		ObjectNode event = Json.object();
		event.set("PublishEventInfo", outcome(done, Long.parseLong(id)));
		this.dispatcher.event(app, this.world.ids().openid(app.appid(), "system"), "PUBLISHJOBFINISH", event);
	}

	private Publication decided(App app, Publication waiting) {
		String chosen = app.outcome("publish");
		if (chosen != null && chosen.matches("[2-6]")) {
			return waiting.with(Integer.parseInt(chosen));
		}
		List<String> urls = new ArrayList<>();
		for (int i = 0; i < waiting.articles().size(); i++) {
			Article article = waiting.articles().get(i);
			String messageId = waiting.data() + "_" + (i + 1);
			urls.add(this.pages.open(app, article, messageId));
			this.statistics.sent(app, messageId, article.title(), 0, false);
		}
		return waiting.published(urls, this.world.clock().instant());
	}

	private static ObjectNode outcome(Publication publication, long id) {
		ObjectNode info = Json.object();
		info.put("publish_id", id);
		info.put("publish_status", publication.status());
		if (publication.status() == DONE) {
			info.put("article_id", publication.articleId());
			ObjectNode detail = info.putObject("article_detail");
			detail.put("count", publication.urls().size());
			ArrayNode items = detail.putArray("item");
			for (int i = 0; i < publication.urls().size(); i++) {
				items.addObject().put("idx", i + 1).put("article_url", publication.urls().get(i));
			}
		}
		else if (publication.status() == NOT_ORIGINAL || publication.status() == FAILED
				|| publication.status() == REFUSED) {
			ArrayNode failed = info.putArray("fail_idx");
			for (int i = 0; i < publication.articles().size(); i++) {
				failed.add(i + 1);
			}
		}
		return info;
	}

	private JsonNode get(App app, Call call) {
		String id = Json.text(call.json(), "publish_id").replace("\"", "");
		Publication publication = this.publications.get(id);
		if (publication == null || !publication.appid().equals(app.appid())) {
			throw new WechatError(40097, "invalid args");
		}
		ObjectNode answer = outcome(publication, Long.parseLong(id));
		answer.put("publish_id", id);
		if (!answer.has("fail_idx")) {
			answer.putArray("fail_idx");
		}
		return answer;
	}

	private JsonNode delete(App app, Call call) {
		JsonNode body = call.json();
		Publication publication = published(app, Json.text(body, "article_id"));
		int index = (int) Json.number(body, "index", 0);
		for (int i = 0; i < publication.urls().size(); i++) {
			if (index == 0 || index == i + 1) {
				this.pages.take(publication.urls().get(i));
			}
		}
		if (index == 0) {
			this.publications.put(publication.id(), publication.with(DELETED));
		}
		return Reply.done();
	}

	private JsonNode article(App app, Call call) {
		ObjectNode answer = Json.object();
		answer.set("news_item", items(published(app, Json.text(call.json(), "article_id")), true));
		return answer;
	}

	private JsonNode list(App app, Call call) {
		JsonNode body = call.json();
		boolean withContent = Json.number(body, "no_content", 0) == 0;
		List<Publication> all = this.publications.values()
			.stream()
			.filter((each) -> each.appid().equals(app.appid()) && each.status() == DONE)
			.toList()
			.reversed();
		List<Publication> page = Pages.of(all, body);
		ObjectNode answer = Json.object();
		answer.put("total_count", all.size());
		answer.put("item_count", page.size());
		ArrayNode items = answer.putArray("item");
		for (Publication each : page) {
			ObjectNode item = items.addObject().put("article_id", each.articleId());
			item.putObject("content").set("news_item", items(each, withContent));
			item.put("update_time", each.at().getEpochSecond());
		}
		return answer;
	}

	private Publication published(App app, String articleId) {
		return this.publications.values()
			.stream()
			.filter((each) -> each.appid().equals(app.appid()) && each.articleId().equals(articleId))
			.filter((each) -> each.status() == DONE)
			.findFirst()
			.orElseThrow(() -> new WechatError(53600, "invalid article_id"));
	}

	private static ArrayNode items(Publication publication, boolean withContent) {
		ArrayNode items = Json.array();
		for (int i = 0; i < publication.articles().size(); i++) {
			items.add(publication.articles()
				.get(i)
				.view(publication.urls().get(i), withContent)
				.put("is_deleted", publication.status() == DELETED));
		}
		return items;
	}

	@Override
	public String name() {
		return "publications";
	}

	@Override
	public Object save() {
		return new Saved(this.publications);
	}

	@Override
	public void load(JsonNode saved) {
		this.publications = Json.read(saved, Saved.class).publications();
	}

	private record Publication(String id, String appid, List<Article> articles, int status, String articleId,
			List<String> urls, Instant at, long data) {

		Publication published(List<String> addresses, Instant when) {
			return new Publication(this.id, this.appid, this.articles, DONE, this.articleId, addresses, when,
					this.data);
		}

		Publication with(int newStatus) {
			return new Publication(this.id, this.appid, this.articles, newStatus, this.articleId, this.urls, this.at,
					this.data);
		}

	}

	private record Saved(Map<String, Publication> publications) {
	}

}
