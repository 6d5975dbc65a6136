package cn.qingfeng.wechat;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How a publication stands when asked. {@link WechatEvent.PublicationFinished} tells the
 * same by itself; WeChat lets an account ask a hundred times a day.
 *
 * @param status 0 done, 1 under way, 2 to 6 failed or taken back, as WeChat numbers them
 * @param articleId of the published article, once done
 * @param urls of its parts, in their order
 */
public record PublicationState(int status, @Nullable String articleId, List<String> urls) {

	public PublicationState {
		urls = List.copyOf(urls);
	}

}
