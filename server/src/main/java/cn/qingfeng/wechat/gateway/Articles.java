package cn.qingfeng.wechat.gateway;

import java.util.List;
import java.util.Map;

import cn.qingfeng.wechat.Acknowledged;
import cn.qingfeng.wechat.DraftArticle;
import cn.qingfeng.wechat.PublicationState;
import cn.qingfeng.wechat.StoredArticle;
import cn.qingfeng.wechat.Submission;
import me.chanjar.weixin.common.error.WxErrorException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Drafts once they were made, and publications, blocking.
 */
@Component
public class Articles {

	private final Wire wire;

	Articles(Wire publicAccountWire) {
		this.wire = publicAccountWire;
	}

	public List<StoredArticle> draft(String mediaId) throws WxErrorException {
		return this.wire.post(Endpoint.DRAFT_GET, Map.of("media_id", mediaId), Items.class).read();
	}

	public Acknowledged updateDraft(String mediaId, int index, DraftArticle article) throws WxErrorException {
		this.wire.post(Endpoint.DRAFT_UPDATE, new Update(mediaId, index, Item.of(article)));
		return Acknowledged.OK;
	}

	public Acknowledged deleteDraft(String mediaId) throws WxErrorException {
		this.wire.post(Endpoint.DRAFT_DELETE, Map.of("media_id", mediaId));
		return Acknowledged.OK;
	}

	public Submission publish(String mediaId) throws WxErrorException {
		return this.wire.post(Endpoint.PUBLISH, Map.of("media_id", mediaId), Submitted.class).read();
	}

	public PublicationState publication(String publishId) throws WxErrorException {
		return this.wire.post(Endpoint.PUBLISH_GET, Map.of("publish_id", publishId), State.class).read();
	}

	public List<StoredArticle> published(String articleId) throws WxErrorException {
		return this.wire.post(Endpoint.PUBLISHED_ARTICLE, Map.of("article_id", articleId), Items.class).read();
	}

	public Acknowledged takeBack(String articleId, int part) throws WxErrorException {
		this.wire.post(Endpoint.PUBLISH_DELETE, Map.of("article_id", articleId, "index", part));
		return Acknowledged.OK;
	}

	public Acknowledged deleteMaterial(String mediaId) throws WxErrorException {
		this.wire.post(Endpoint.MATERIAL_DELETE, Map.of("media_id", mediaId));
		return Acknowledged.OK;
	}

	private record Submitted(@Nullable String publishId, @Nullable String msgDataId) {

		Submission read() {
			return new Submission(Values.present(this.publishId, "publish_id"), this.msgDataId);
		}

	}

	private record Update(String mediaId, int index, Item articles) {

	}

	private record Items(@Nullable List<Item> newsItem) {

		List<StoredArticle> read() {
			return (this.newsItem != null) ? this.newsItem.stream().map(Item::read).toList() : List.of();
		}

	}

	private record Item(@Nullable String articleType, String title, @Nullable String author, @Nullable String digest,
			@Nullable String content, @Nullable String contentSourceUrl, @Nullable String thumbMediaId,
			@Nullable Integer needOpenComment, @Nullable Integer onlyFansCanComment, @Nullable String url,
			@Nullable Boolean isDeleted) {

		static Item of(DraftArticle article) {
			return new Item("news", article.title(), article.author(), article.digest(), article.content(),
					article.sourceUrl(), article.coverMediaId(), 0, 0, null, null);
		}

		StoredArticle read() {
			return new StoredArticle(this.title, this.author, this.digest, (this.content != null) ? this.content : "",
					this.contentSourceUrl, this.thumbMediaId, this.url, Boolean.TRUE.equals(this.isDeleted));
		}

	}

	private record State(int publishStatus, @Nullable String articleId, @Nullable Detail articleDetail) {

		PublicationState read() {
			List<Part> parts = (this.articleDetail != null && this.articleDetail.item() != null)
					? this.articleDetail.item() : List.of();
			return new PublicationState(this.publishStatus, this.articleId,
					parts.stream().map(Part::articleUrl).toList());
		}

	}

	private record Detail(@Nullable List<Part> item) {

	}

	private record Part(int idx, String articleUrl) {

	}

}
