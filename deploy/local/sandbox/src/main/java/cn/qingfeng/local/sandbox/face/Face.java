package cn.qingfeng.local.sandbox.face;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import cn.qingfeng.local.sandbox.article.ArticlePages;
import cn.qingfeng.local.sandbox.article.ArticlePages.Shown;
import cn.qingfeng.local.sandbox.article.Drafts;
import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.link.MiniLinks;
import cn.qingfeng.local.sandbox.link.MiniLinks.Target;
import cn.qingfeng.local.sandbox.media.Library;
import cn.qingfeng.local.sandbox.media.Library.Item;
import cn.qingfeng.local.sandbox.qr.SceneCodes;
import cn.qingfeng.local.sandbox.registry.People;
import cn.qingfeng.local.sandbox.registry.Person;
import cn.qingfeng.local.sandbox.statistics.Statistics;
import cn.qingfeng.local.sandbox.statistics.Statistics.Touch;

/**
 * The pages: the phone, the articles, the pictures and the authorisation page.
 */
public final class Face {

	private static final Map<String, String> FILES = Map.of("/", "phone.html", "/face/phone.css", "phone.css",
			"/face/phone.js", "phone.js", "/face/chat.js", "chat.js", "/face/pages.js", "pages.js", "/face/wire.js",
			"wire.js", "/face/authorize.js", "authorize.js");

	private final ArticlePages pages;

	private final Drafts drafts;

	private final Library library;

	private final SceneCodes codes;

	private final MiniLinks links;

	private final Statistics statistics;

	private final People people;

	private final Authorization authorization;

	public Face(ArticlePages pages, Drafts drafts, Library library, SceneCodes codes, MiniLinks links,
			Statistics statistics, People people, Authorization authorization) {
		this.pages = pages;
		this.drafts = drafts;
		this.library = library;
		this.codes = codes;
		this.links = links;
		this.statistics = statistics;
		this.people = people;
		this.authorization = authorization;
	}

	public Reply answer(Call call) {
		String file = FILES.get(call.path());
		if (file != null) {
			return resource(file);
		}
		String[] parts = call.path().split("/", 4);
		return switch ((parts.length > 1) ? parts[1] : "") {
			case "s" -> article(call, end(parts));
			case "mmbiz" -> picture(end(parts));
			case "q" -> scanned(end(parts));
			case "wxaurl" -> opened(end(parts));
			case "wxa" -> page(call);
			case "connect" -> this.authorization.answer(call);
			default -> Reply.notFound();
		};
	}

	private static String end(String[] parts) {
		return (parts.length > 2) ? parts[2] : "";
	}

	private Reply article(Call call, String id) {
		Reply preview = this.drafts.preview(id);
		if (preview != null) {
			return preview;
		}
		Shown shown = this.pages.shown(id);
		String holder = call.cookie(Authorization.COOKIE);
		Person reader = (holder != null) ? this.people.find(holder) : null;
		if (shown != null && reader != null) {
			this.statistics.touched(shown.appid(), shown.messageId(), Touch.READ, reader);
		}
		return this.pages.serve(id);
	}

	/** Where the picture of a code leads: to the phone, which scans it. */
	private Reply scanned(String key) {
		String ticket = this.codes.ticketAt(key);
		return (ticket != null) ? phone("scan", ticket, "") : Reply.notFound();
	}

	private Reply opened(String end) {
		Target target = this.links.target(end);
		return (target != null) ? phone("link", target.address(), target.page()) : Reply.notFound();
	}

	private static Reply page(Call call) {
		String scene = call.param("scene");
		String page = call.param("page");
		return phone("link", "", scene.isEmpty() ? page : page + "?scene=" + encoded(scene));
	}

	private static Reply phone(String name, String value, String page) {
		return Reply.redirect("/?" + name + '=' + encoded(value) + "&page=" + encoded(page));
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private Reply picture(String id) {
		Item item = this.library.find(id);
		return (item != null) ? Reply.bytes(item.contentType(), item.content()) : Reply.notFound();
	}

	private static Reply resource(String file) {
		String type = file.substring(file.lastIndexOf('.') + 1);
		return Reply.text(200,
				Map.of("html", "text/html", "css", "text/css", "js", "text/javascript").getOrDefault(type, "text/plain")
						+ "; charset=utf-8",
				Resources.text(file));
	}

}
