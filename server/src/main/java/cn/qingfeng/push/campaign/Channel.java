package cn.qingfeng.push.campaign;

import cn.qingfeng.member.MemberReach;

/**
 * The way on which a message reaches a member.
 */
public enum Channel {

	MASS_ARTICLE, TEMPLATE_MESSAGE, INBOX;

	/** The best channel to a member for this kind of campaign. */
	public static Channel best(CampaignKind kind, MemberReach reach) {
		if (reach.serviceOpenid() == null || !reach.follows()) {
			return INBOX;
		}
		return switch (kind) {
			case MASS_ARTICLE -> MASS_ARTICLE;
			case NOTICE -> TEMPLATE_MESSAGE;
		};
	}

}
