package cn.qingfeng.wechat;

/**
 * What an account may be able to do. WeChat answers 48001 for what it was not granted; a
 * capability is then switched off as a whole and shown to the administrator.
 */
public enum WechatCapability {

	MINI_PROGRAM_LOGIN(WechatAccount.MINI_PROGRAM),

	PHONE_NUMBER(WechatAccount.MINI_PROGRAM),

	WEB_LOGIN(WechatAccount.MP),

	JS_SDK(WechatAccount.MP),

	MATERIAL(WechatAccount.MP),

	DRAFT(WechatAccount.MP),

	PUBLISH(WechatAccount.MP),

	MASS_SEND(WechatAccount.MP),

	TEMPLATE_MESSAGE(WechatAccount.MP),

	FOLLOWERS(WechatAccount.MP),

	MASS_SEND_TO_LIST(WechatAccount.MP),

	SUBSCRIPTION_NOTICE(WechatAccount.MP),

	CUSTOMER_SERVICE(WechatAccount.MP),

	MENU(WechatAccount.MP),

	TAGS(WechatAccount.MP),

	QR_CODE(WechatAccount.MP),

	STATISTICS(WechatAccount.MP),

	OPERATIONS(WechatAccount.MP),

	SUBSCRIPTION_MESSAGE(WechatAccount.MINI_PROGRAM),

	MINI_PROGRAM_CODE(WechatAccount.MINI_PROGRAM),

	MINI_PROGRAM_LINK(WechatAccount.MINI_PROGRAM),

	CONTENT_CHECK(WechatAccount.MINI_PROGRAM),

	MINI_PROGRAM_OPERATIONS(WechatAccount.MINI_PROGRAM);

	private final WechatAccount account;

	WechatCapability(WechatAccount account) {
		this.account = account;
	}

	public WechatAccount account() {
		return this.account;
	}

}
