package cn.qingfeng.push.delivery;

import java.util.UUID;

import cn.qingfeng.push.campaign.Channel;

/**
 * A message that this node may send now.
 *
 * @param attempts the number of this lease: only its holder may settle it
 * @param held leases before in which WeChat could not be called at all
 * @param repeated whether an earlier try may have reached WeChat
 * @param link path of our own page
 * @param topic what the notice is about
 */
record LeasedDelivery(UUID id, UUID campaignId, Channel channel, String openid, int attempts, int held,
		boolean repeated, String link, String topic) {

	private static final String H5_PAGE = "#/";

	/** The inbox, for links that name no page. */
	private static final String MESSAGES = "pages/messages/index";

	/** Whether WeChat tells a repeated send from a second one. */
	boolean isRepeatable() {
		return this.channel == Channel.TEMPLATE_MESSAGE;
	}

	/** The same page in the mini-program: both phones have one source. */
	String miniProgramPage() {
		int page = this.link.indexOf(H5_PAGE);
		String path = (page < 0) ? "" : this.link.substring(page + H5_PAGE.length());
		return path.isEmpty() ? MESSAGES : path;
	}

	/** How often WeChat was called, this time included. */
	int tries() {
		return this.attempts - this.held;
	}

	/** The same for every try, so that WeChat delivers it once; 32 characters. */
	String clientMsgId() {
		return this.id.toString().replace("-", "");
	}

}
