package cn.qingfeng.content;

import java.util.UUID;

/**
 * The id of an article.
 *
 * @param value time-ordered
 */
public record ArticleId(UUID value) {

	/** Path of the H5 page that shows the article. */
	public String link() {
		return "/m/#/pages/article/index?id=" + this.value;
	}

}
