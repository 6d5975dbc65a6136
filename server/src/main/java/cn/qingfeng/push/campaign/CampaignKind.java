package cn.qingfeng.push.campaign;

import cn.qingfeng.push.CampaignMessage;

/**
 * How a campaign goes out.
 */
public enum CampaignKind {

	/** One mass send to all followers. */
	MASS_ARTICLE,

	/** A template message to each follower on the roster. */
	NOTICE;

	static CampaignKind of(CampaignMessage message) {
		return switch (message) {
			case CampaignMessage.MassArticles articles -> MASS_ARTICLE;
			case CampaignMessage.Notice notice -> NOTICE;
		};
	}

	Class<? extends CampaignMessage> messageType() {
		return switch (this) {
			case MASS_ARTICLE -> CampaignMessage.MassArticles.class;
			case NOTICE -> CampaignMessage.Notice.class;
		};
	}

}
