package cn.qingfeng.wechat;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A message that its recipient consented to. WeChat has no id that would make a repeated
 * send harmless, and each send may use up a consent.
 *
 * @param openid the recipient within the account that sends
 * @param templateId which template
 * @param page what a tap opens: an address for the public account, a page of the
 * mini-program otherwise
 * @param data the values by key, such as {@code thing1}
 */
public record SubscriptionMessage(String openid, String templateId, @Nullable String page, Map<String, String> data) {

	public SubscriptionMessage {
		data = Map.copyOf(data);
	}

	@Override
	public String toString() {
		return "SubscriptionMessage[%s]".formatted(this.templateId);
	}

}
