package cn.qingfeng.wechat;

import org.jspecify.annotations.Nullable;

/**
 * A subscription message that WeChat accepted.
 *
 * @param msgId what its receipt quotes; WeChat does not always tell it
 */
public record SubscriptionSent(@Nullable String msgId) {

}
