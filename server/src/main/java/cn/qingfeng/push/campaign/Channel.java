package cn.qingfeng.push.campaign;

import cn.qingfeng.member.MemberReach;

/**
 * The way on which a message reaches a member.
 */
public enum Channel {

	/** The card that all followers receive. */
	MASS_ARTICLE,

	/** A message of the public account to one follower. */
	TEMPLATE_MESSAGE,

	/** A message of the mini-program that the member consented to. */
	SUBSCRIPTION_MESSAGE,

	/** Only the inbox in the app. */
	INBOX;

	/**
	 * The best channel to a member for this kind of campaign. A consent may be good for
	 * one message only, so it is kept for those whom nothing else reaches.
	 * @param consents whether the member allows a subscription message now
	 */
	static Channel best(CampaignKind kind, MemberReach reach, boolean consents) {
		boolean follower = reach.serviceOpenid() != null && reach.follows();
		return switch (kind) {
			case MASS_ARTICLE -> follower ? MASS_ARTICLE : INBOX;
			case NOTICE -> follower ? TEMPLATE_MESSAGE : (consents ? SUBSCRIPTION_MESSAGE : INBOX);
		};
	}

}
