package cn.qingfeng.local.sandbox.article;

import cn.qingfeng.local.sandbox.world.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * One article of a draft, after WeChat's filter.
 */
public record Article(String title, String author, String digest, String content, String sourceUrl, String thumbId,
		String thumbUrl, int openComment, int onlyFansComment) {

	ObjectNode view(String url, boolean withContent) {
		ObjectNode view = Json.object();
		view.put("article_type", "news");
		view.put("title", this.title);
		view.put("author", this.author);
		view.put("digest", this.digest);
		if (withContent) {
			view.put("content", this.content);
		}
		view.put("content_source_url", this.sourceUrl);
		view.put("thumb_media_id", this.thumbId);
		view.put("thumb_url", this.thumbUrl);
		view.put("show_cover_pic", 0);
		view.put("need_open_comment", this.openComment);
		view.put("only_fans_can_comment", this.onlyFansComment);
		view.put("url", url);
		return view;
	}

}
