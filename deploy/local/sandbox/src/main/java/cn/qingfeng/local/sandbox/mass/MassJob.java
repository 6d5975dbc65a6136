package cn.qingfeng.local.sandbox.mass;

import java.util.List;

import cn.qingfeng.local.sandbox.article.Article;
import org.jspecify.annotations.Nullable;

/**
 * A mass message on its way.
 *
 * @param targets the people meant, by their ids here
 */
record MassJob(long id, String appid, List<String> targets, Content content, Status status, List<String> urls) {

	MassJob sent(List<String> addresses) {
		return new MassJob(this.id, this.appid, List.of(), this.content, Status.SEND_SUCCESS, addresses);
	}

	MassJob with(Status newStatus) {
		return new MassJob(this.id, this.appid, this.targets, this.content, newStatus, this.urls);
	}

	/** Where a job stands, in WeChat's words. */
	enum Status {

		SENDING, SEND_SUCCESS, SEND_FAIL, DELETE

	}

	/** What is sent: articles, a text or a picture. */
	record Content(List<Article> articles, @Nullable String text, @Nullable String picture) {
	}

}
