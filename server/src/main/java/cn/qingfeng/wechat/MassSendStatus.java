package cn.qingfeng.wechat;

/**
 * What WeChat says about a mass send when asked.
 */
public enum MassSendStatus {

	SENDING, SEND_SUCCESS, SEND_FAIL, DELETE,

	/** A word that WeChat did not use before. */
	OTHER

}
