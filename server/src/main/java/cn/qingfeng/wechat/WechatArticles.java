package cn.qingfeng.wechat;

import java.time.LocalDate;
import java.util.List;

import cn.qingfeng.wechat.gateway.Articles;
import cn.qingfeng.wechat.gateway.Endpoint;
import cn.qingfeng.wechat.gateway.PublicAccount;
import cn.qingfeng.wechat.gateway.Statistics;
import cn.qingfeng.wechat.gateway.WechatCall;
import cn.qingfeng.wechat.gateway.WechatCalls;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * What editors do with articles that WeChat already has: look, correct, take back, count
 * readers. {@link WechatGateway} makes and sends them. No call fails.
 */
@Component
public class WechatArticles {

	private final WechatCalls calls;

	private final Articles articles;

	private final Statistics statistics;

	private final PublicAccount account;

	WechatArticles(WechatCalls calls, Articles articles, Statistics statistics, PublicAccount account) {
		this.calls = calls;
		this.articles = articles;
		this.statistics = statistics;
		this.account = account;
	}

	/**
	 * The articles of a draft.
	 * @param mediaId of the draft
	 */
	public Mono<WechatOutcome<List<StoredArticle>>> draft(String mediaId) {
		return this.calls.make(WechatCall.repeatable(Endpoint.DRAFT_GET, () -> this.articles.draft(mediaId)));
	}

	/**
	 * Puts another article in the place of one of a draft.
	 * @param mediaId of the draft
	 * @param index which one, from zero
	 * @param article the whole new article
	 */
	public Mono<WechatOutcome<Acknowledged>> updateDraft(String mediaId, int index, DraftArticle article) {
		return this.calls.make(
				WechatCall.repeatable(Endpoint.DRAFT_UPDATE, () -> this.articles.updateDraft(mediaId, index, article)));
	}

	/**
	 * Throws a draft away.
	 * @param mediaId of the draft
	 */
	public Mono<WechatOutcome<Acknowledged>> deleteDraft(String mediaId) {
		return this.calls.make(WechatCall.once(Endpoint.DRAFT_DELETE, () -> this.articles.deleteDraft(mediaId)));
	}

	/**
	 * How a publication stands. Wait for the event; ask only when it does not come.
	 * @param publishId of {@link WechatGateway#publishDraft}
	 */
	public Mono<WechatOutcome<PublicationState>> publication(String publishId) {
		return this.calls.make(WechatCall.repeatable(Endpoint.PUBLISH_GET, () -> this.articles.publication(publishId)));
	}

	/**
	 * The parts of a published article.
	 * @param articleId of the finished publication
	 */
	public Mono<WechatOutcome<List<StoredArticle>>> published(String articleId) {
		return this.calls
			.make(WechatCall.repeatable(Endpoint.PUBLISHED_ARTICLE, () -> this.articles.published(articleId)));
	}

	/**
	 * Takes a published article back for good.
	 * @param articleId of the finished publication
	 * @param part which one, from one; zero for all
	 */
	public Mono<WechatOutcome<Acknowledged>> takeBack(String articleId, int part) {
		return this.calls.make(WechatCall.once(Endpoint.PUBLISH_DELETE, () -> this.articles.takeBack(articleId, part)));
	}

	/**
	 * Deletes what was stored for good; refused while an article uses it.
	 * @param mediaId of the picture
	 */
	public Mono<WechatOutcome<Acknowledged>> deleteMaterial(String mediaId) {
		return this.calls.make(WechatCall.once(Endpoint.MATERIAL_DELETE, () -> this.articles.deleteMaterial(mediaId)));
	}

	/**
	 * Stores something for three days, for answers in the chat.
	 * @param kind what it is
	 * @param bytes an image below 2 MB, a thumb below 64 KB
	 * @param ending of a file of this kind, such as {@code png}
	 * @return the media id
	 */
	public Mono<WechatOutcome<String>> uploadForThreeDays(MediaKind kind, byte[] bytes, String ending) {
		return this.calls.make(WechatCall.repeatable(Endpoint.MEDIA_UPLOAD,
				() -> this.account.uploadForThreeDays(kind, bytes, ending)));
	}

	/**
	 * Who read, by article.
	 * @param day before today; ready at eight in the morning of the next
	 */
	public Mono<WechatOutcome<Figures>> reads(LocalDate day) {
		return figures(Endpoint.ARTICLE_READ, day, day);
	}

	/**
	 * Who passed articles on.
	 * @param day before today
	 */
	public Mono<WechatOutcome<Figures>> shares(LocalDate day) {
		return figures(Endpoint.ARTICLE_SHARE, day, day);
	}

	/**
	 * The articles sent on a day, with what was counted on each of the thirty days after.
	 * @param day when they were sent
	 */
	public Mono<WechatOutcome<Figures>> sinceSent(LocalDate day) {
		return figures(Endpoint.ARTICLE_DETAIL, day, day);
	}

	/**
	 * The whole account, day by day.
	 * @param from the first day
	 * @param to the last day, at most thirty together
	 */
	public Mono<WechatOutcome<Figures>> summary(LocalDate from, LocalDate to) {
		return figures(Endpoint.ACCOUNT_SUMMARY, from, to);
	}

	private Mono<WechatOutcome<Figures>> figures(Endpoint endpoint, LocalDate from, LocalDate to) {
		return this.calls.make(WechatCall.repeatable(endpoint, () -> this.statistics.of(endpoint, from, to)));
	}

}
