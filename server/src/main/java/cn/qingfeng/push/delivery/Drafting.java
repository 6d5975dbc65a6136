package cn.qingfeng.push.delivery;

import java.net.URI;
import java.util.List;

import cn.qingfeng.push.CampaignMessage.ArticleCard;
import cn.qingfeng.push.PushProperties;
import cn.qingfeng.wechat.DraftArticle;
import cn.qingfeng.wechat.WechatGateway;
import cn.qingfeng.wechat.WechatOutcome;
import cn.qingfeng.wechat.WechatProperties;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Makes WeChat's drafts of our articles: with a cover, the committee as the author where
 * there is none, and our own page behind 阅读原文.
 */
@Component
public class Drafting {

	private final WechatGateway wechat;

	private final Cover cover;

	private final String sender;

	private final URI publicBaseUrl;

	Drafting(WechatGateway wechat, Cover cover, PushProperties properties, WechatProperties wechatProperties) {
		this.wechat = wechat;
		this.cover = cover;
		this.sender = properties.sender();
		this.publicBaseUrl = wechatProperties.publicBaseUrl();
	}

	/** The media id of a cover. */
	public Mono<WechatOutcome<String>> uploadCover() {
		return this.wechat.uploadCover(this.cover.png(), "cover.png");
	}

	/**
	 * The media id of a draft.
	 * @param articles one to eight
	 * @param coverMediaId of {@link #uploadCover()}
	 */
	public Mono<WechatOutcome<String>> addDraft(List<ArticleCard> articles, String coverMediaId) {
		return this.wechat.addDraft(articles.stream().map((article) -> draft(article, coverMediaId)).toList());
	}

	private DraftArticle draft(ArticleCard article, String coverMediaId) {
		String author = article.author();
		return new DraftArticle(article.title(), (author != null) ? author : this.sender, article.digest(),
				article.html(), this.publicBaseUrl.resolve(article.link()).toString(), coverMediaId);
	}

}
