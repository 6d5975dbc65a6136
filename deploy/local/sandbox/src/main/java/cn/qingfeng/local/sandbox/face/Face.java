package cn.qingfeng.local.sandbox.face;

import java.util.Map;

import cn.qingfeng.local.sandbox.article.ArticlePages;
import cn.qingfeng.local.sandbox.article.Drafts;
import cn.qingfeng.local.sandbox.http.Call;
import cn.qingfeng.local.sandbox.http.Reply;
import cn.qingfeng.local.sandbox.media.Library;
import cn.qingfeng.local.sandbox.media.Library.Item;

/**
 * The pages: the phone, the articles, the pictures and the authorisation page.
 */
public final class Face {

	private static final Map<String, String> FILES = Map.of("/", "phone.html", "/face/phone.css", "phone.css",
			"/face/phone.js", "phone.js", "/face/chat.js", "chat.js", "/face/wire.js", "wire.js", "/face/authorize.js",
			"authorize.js");

	private final ArticlePages pages;

	private final Drafts drafts;

	private final Library library;

	private final Authorization authorization;

	public Face(ArticlePages pages, Drafts drafts, Library library, Authorization authorization) {
		this.pages = pages;
		this.drafts = drafts;
		this.library = library;
		this.authorization = authorization;
	}

	public Reply answer(Call call) {
		String file = FILES.get(call.path());
		if (file != null) {
			return resource(file);
		}
		String[] parts = call.path().split("/", 4);
		return switch ((parts.length > 1) ? parts[1] : "") {
			case "s" -> article((parts.length > 2) ? parts[2] : "");
			case "mmbiz" -> picture((parts.length > 2) ? parts[2] : "");
			case "connect" -> this.authorization.answer(call);
			default -> Reply.notFound();
		};
	}

	private Reply article(String id) {
		Reply preview = this.drafts.preview(id);
		return (preview != null) ? preview : this.pages.serve(id);
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
