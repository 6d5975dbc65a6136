package cn.qingfeng.wechat;

import org.jspecify.annotations.Nullable;

/**
 * One article of a draft.
 *
 * @param title at most 32 characters
 * @param author at most 16 characters
 * @param digest at most 128 characters
 * @param content HTML below 20,000 characters; pictures only from
 * {@link WechatGateway#uploadArticleImage}
 * @param sourceUrl where 阅读原文 leads
 * @param coverMediaId from {@link WechatGateway#uploadCover}
 */
public record DraftArticle(String title, String author, String digest, String content, @Nullable String sourceUrl,
		String coverMediaId) {

}
