package cn.qingfeng.push.delivery;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * How far the mass send of a campaign has got.
 *
 * @param attempts the number of this lease: only its holder may go on
 */
record MassSending(UUID campaignId, @Nullable String coverMediaId, @Nullable String draftMediaId,
		@Nullable String msgId, int attempts) {

	/** The same for every try, so that WeChat sends it once; 32 characters. */
	String clientMsgId() {
		return this.campaignId.toString().replace("-", "");
	}

}
