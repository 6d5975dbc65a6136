package cn.qingfeng.wechat;

import org.jspecify.annotations.Nullable;

/**
 * A mass send that WeChat accepted; {@link WechatEvent.MassSendFinished} tells how it
 * ended.
 *
 * @param msgId what the finish event quotes
 * @param msgDataId what article statistics and comments quote; missing when the send had
 * been accepted before
 */
public record MassSend(String msgId, @Nullable String msgDataId) {

}
