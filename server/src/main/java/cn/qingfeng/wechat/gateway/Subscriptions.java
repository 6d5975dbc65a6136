package cn.qingfeng.wechat.gateway;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import cn.qingfeng.wechat.SubscriptionMessage;
import cn.qingfeng.wechat.SubscriptionSent;
import cn.qingfeng.wechat.SubscriptionTemplate;
import com.fasterxml.jackson.annotation.JsonProperty;
import me.chanjar.weixin.common.error.WxErrorException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Messages by consent of both accounts, blocking. Posted by hand: WxJava fails on an
 * answer without an id although the message was accepted.
 */
@Component
public class Subscriptions {

	private static final int LONG_TERM = 3;

	private final Wire publicAccount;

	private final Wire miniProgram;

	Subscriptions(Wire publicAccountWire, Wire miniProgramWire) {
		this.publicAccount = publicAccountWire;
		this.miniProgram = miniProgramWire;
	}

	public SubscriptionSent sendNotice(SubscriptionMessage message) throws WxErrorException {
		return sent(this.publicAccount.post(Endpoint.NOTICE_SEND, wire(message, null, null), Sent.class));
	}

	public SubscriptionSent sendMessage(SubscriptionMessage message) throws WxErrorException {
		return sent(this.miniProgram.post(Endpoint.SUBSCRIPTION_SEND, wire(message, "formal", "zh_CN"), Sent.class));
	}

	public List<SubscriptionTemplate> noticeTemplates() throws WxErrorException {
		return templates(this.publicAccount.get(Endpoint.NOTICE_TEMPLATES, Templates.class));
	}

	public List<SubscriptionTemplate> messageTemplates() throws WxErrorException {
		return templates(this.miniProgram.get(Endpoint.SUBSCRIPTION_TEMPLATES, Templates.class));
	}

	private static Message wire(SubscriptionMessage message, @Nullable String state, @Nullable String lang) {
		Map<String, Value> data = message.data()
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (each) -> new Value(each.getValue())));
		return new Message(message.openid(), message.templateId(), message.page(), state, lang, data);
	}

	private static SubscriptionSent sent(Sent answer) {
		return new SubscriptionSent(answer.msgid());
	}

	private static List<SubscriptionTemplate> templates(Templates answer) {
		return answer.data()
			.stream()
			.map((each) -> new SubscriptionTemplate(each.id(), each.title(), each.content(), each.type() == LONG_TERM))
			.toList();
	}

	private record Message(String touser, String templateId, @Nullable String page, @Nullable String miniprogramState,
			@Nullable String lang, Map<String, Value> data) {

	}

	private record Value(String value) {

	}

	private record Sent(@Nullable String msgid) {

	}

	private record Templates(List<Template> data) {

	}

	private record Template(@JsonProperty("priTmplId") String id, String title, String content, int type) {

	}

}
