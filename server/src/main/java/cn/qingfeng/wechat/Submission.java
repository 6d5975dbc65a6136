package cn.qingfeng.wechat;

import org.jspecify.annotations.Nullable;

/**
 * A publication that WeChat accepted; {@link WechatEvent.PublicationFinished} tells how
 * it ended.
 *
 * @param publishId what the finish event quotes
 * @param msgDataId what article statistics quote
 */
public record Submission(String publishId, @Nullable String msgDataId) {

}
