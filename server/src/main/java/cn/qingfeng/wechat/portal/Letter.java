package cn.qingfeng.wechat.portal;

import java.util.HexFormat;
import java.util.Optional;

import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatEvent;

/**
 * A callback on its way into the inbox.
 *
 * @param account which one was addressed
 * @param dedupeKey the same for every attempt of WeChat, in hex
 * @param kind the name of the event or the type of the message
 * @param event what other features are told
 * @param reply what the person is answered
 */
record Letter(WechatAccount account, String dedupeKey, String kind, Optional<WechatEvent> event,
		Optional<PassiveReply> reply) {

	static Letter of(ReceivedMessage message, Optional<PassiveReply> reply) {
		return new Letter(message.account(), HexFormat.of().formatHex(message.dedupeKey()), message.kind(),
				message.event(), reply);
	}

	/** Of this letter alone, over all accounts. */
	String address() {
		return this.account.name() + this.dedupeKey;
	}

}
