package cn.qingfeng.content.article;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A column of articles or of links.
 *
 * @param links platforms elsewhere, empty for a column of articles
 */
public record Column(String key, String name, @Nullable String description, List<Link> links) {

	/**
	 * A platform elsewhere: an address, or a public account to search for.
	 */
	public record Link(String title, @Nullable String description, @Nullable String url,
			@Nullable String wechatAccount) {

	}

}
