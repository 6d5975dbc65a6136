package cn.qingfeng.wechat;

import org.jspecify.annotations.Nullable;

/**
 * An article as WeChat keeps it, in a draft or published.
 *
 * @param title the headline
 * @param author who signs it
 * @param digest the summary
 * @param content HTML as WeChat cleaned it
 * @param sourceUrl where 阅读原文 leads
 * @param coverMediaId the cover
 * @param url where it can be read, for a draft only by those who know the address
 * @param deleted whether it was taken back after it had been published
 */
public record StoredArticle(String title, @Nullable String author, @Nullable String digest, String content,
		@Nullable String sourceUrl, @Nullable String coverMediaId, @Nullable String url, boolean deleted) {

}
