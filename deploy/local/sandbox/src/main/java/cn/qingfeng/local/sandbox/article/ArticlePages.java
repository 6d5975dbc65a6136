package cn.qingfeng.local.sandbox.article;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.http.Site;
import cn.qingfeng.local.sandbox.registry.App;
import cn.qingfeng.local.sandbox.world.Json;
import cn.qingfeng.local.sandbox.world.Remembered;
import cn.qingfeng.local.sandbox.world.SandboxClock;
import cn.qingfeng.local.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The pages on which people read what was sent or published.
 */
public final class ArticlePages implements Remembered {

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm");

	private final World world;

	private final Site site;

	private final String template;

	private Map<String, Page> pages = new LinkedHashMap<>();

	public ArticlePages(World world, Site site, String template) {
		this.world = world;
		this.site = site;
		this.template = template;
	}

	/**
	 * Puts an article on a page and tells its address.
	 * @param messageId by which statistics name the article; empty for a preview
	 */
	public String open(App app, Article article, String messageId) {
		String id = this.world.ids().next("page", 22);
		this.pages.put(id, new Page(app.appid(), app.registration().name(), article, this.world.clock().instant(),
				messageId, false));
		return this.site.base() + "/s/" + id;
	}

	/** The message that an address shows, or nothing. */
	public @Nullable Shown shown(String url) {
		Page page = this.pages.get(url.substring(url.lastIndexOf('/') + 1));
		return (page != null && !page.taken() && !page.messageId().isEmpty()) ? page.shown() : null;
	}

	/** The article that statistics and comments name so, or nothing. */
	public @Nullable Shown withMessage(App app, String messageId) {
		return this.pages.values()
			.stream()
			.filter((page) -> page.appid().equals(app.appid()) && page.messageId().equals(messageId) && !page.taken())
			.findFirst()
			.map(Page::shown)
			.orElse(null);
	}

	public void take(String url) {
		this.pages.computeIfPresent(url.substring(url.lastIndexOf('/') + 1), (id, page) -> page.asTaken());
	}

	String previewUrl(String mediaId, int index) {
		return this.site.base() + "/s/" + mediaId + '-' + index;
	}

	public Reply serve(String id) {
		Page page = this.pages.get(id);
		if (page == null) {
			return Reply.html(404, notice("链接已失效", "该内容不存在或已过期"));
		}
		if (page.taken()) {
			return Reply.html(200, notice("该内容已被发布者删除", ""));
		}
		return show(page.account(), page.article(), page.at());
	}

	Reply show(String account, Article article, Instant at) {
		String source = article.sourceUrl().isEmpty() ? ""
				: "<a class=\"source\" href=\"" + escape(article.sourceUrl()) + "\">阅读原文</a>";
		return Reply
			.html(200,
					this.template.replace("{{title}}", escape(article.title()))
						.replace("{{author}}", escape(article.author()))
						.replace("{{account}}", escape(account))
						.replace("{{date}}", DATE.format(at.atZone(SandboxClock.CHINA)))
						.replace("{{source}}", source)
						.replace("{{content}}", article.content()))
			.with(Map.of("Content-Security-Policy", "script-src 'none'; object-src 'none'; base-uri 'none'"));
	}

	private String notice(String title, String text) {
		return this.template.replace("{{title}}", title)
			.replace("{{author}}", "")
			.replace("{{account}}", "")
			.replace("{{date}}", "")
			.replace("{{source}}", "")
			.replace("{{content}}", "<p class=\"gone\">" + text + "</p>");
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}

	@Override
	public String name() {
		return "pages";
	}

	@Override
	public Object save() {
		return new Saved(this.pages);
	}

	@Override
	public void load(JsonNode saved) {
		this.pages = Json.read(saved, Saved.class).pages();
	}

	/**
	 * An article that people can open.
	 *
	 * @param messageId as statistics name it: {@code msg_data_id_index}
	 * @param openComment whether it came with comments open
	 * @param onlyFansComment whether only followers may comment
	 */
	public record Shown(String appid, String messageId, boolean openComment, boolean onlyFansComment) {
	}

	private record Page(String appid, String account, Article article, Instant at, String messageId, boolean taken) {

		Shown shown() {
			return new Shown(this.appid, this.messageId, this.article.openComment() == 1,
					this.article.onlyFansComment() == 1);
		}

		Page asTaken() {
			return new Page(this.appid, this.account, this.article, this.at, this.messageId, true);
		}

	}

	private record Saved(Map<String, Page> pages) {
	}

}
