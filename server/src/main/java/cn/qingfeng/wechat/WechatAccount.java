package cn.qingfeng.wechat;

/**
 * The two accounts of the organisation: each has its own appid, secrets and callback
 * address, and gives the same person a different openid.
 */
public enum WechatAccount {

	/** The public account (服务号). */
	MP("mp"),

	/** The mini-program. */
	MINI_PROGRAM("miniapp");

	private final String path;

	WechatAccount(String path) {
		this.path = path;
	}

	/** The name in {@code /wechat/{path}/callback}. */
	public String path() {
		return this.path;
	}

}
