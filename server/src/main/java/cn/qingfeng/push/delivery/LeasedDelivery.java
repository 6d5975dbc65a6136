package cn.qingfeng.push.delivery;

import java.util.UUID;

/**
 * A template message that this node may send now.
 *
 * @param attempts the number of this lease: only its holder may settle it
 * @param held leases before in which WeChat could not be called at all
 * @param repeated whether an earlier try may have reached WeChat
 * @param link path of our own page
 * @param topic what the notice is about
 */
record LeasedDelivery(UUID id, UUID campaignId, String openid, int attempts, int held, boolean repeated, String link,
		String topic) {

	/** How often WeChat was called, this time included. */
	int tries() {
		return this.attempts - this.held;
	}

	/** The same for every try, so that WeChat delivers it once; 32 characters. */
	String clientMsgId() {
		return this.id.toString().replace("-", "");
	}

}
