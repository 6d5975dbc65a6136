package cn.qingfeng.push.delivery;

import java.util.UUID;

/**
 * A template message that this node may send now.
 *
 * @param attempts the number of this lease: only its holder may settle it
 * @param link path of our own page
 * @param topic what the notice is about
 */
record LeasedDelivery(UUID id, UUID campaignId, String openid, int attempts, String link, String topic) {

	/** The same for every try, so that WeChat delivers it once; 32 characters. */
	String clientMsgId() {
		return this.id.toString().replace("-", "");
	}

}
