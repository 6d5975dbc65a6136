package cn.qingfeng.wechat;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A template message to one follower.
 *
 * @param openid the recipient within the public account
 * @param templateId which template
 * @param url what a tap opens
 * @param clientMsgId WeChat delivers the same id to the same person once within ten
 * minutes
 * @param data the values by key, such as {@code thing1}
 */
public record TemplateMessage(String openid, String templateId, @Nullable String url, String clientMsgId,
		Map<String, String> data) {

	public TemplateMessage {
		data = Map.copyOf(data);
	}

	@Override
	public String toString() {
		return "TemplateMessage[%s]".formatted(this.clientMsgId);
	}

}
