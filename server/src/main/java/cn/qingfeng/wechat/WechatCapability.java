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

	FOLLOWERS(WechatAccount.MP);

	private final WechatAccount account;

	WechatCapability(WechatAccount account) {
		this.account = account;
	}

	public WechatAccount account() {
		return this.account;
	}

}
