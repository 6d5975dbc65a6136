package cn.qingfeng.wechat.gateway;

import cn.qingfeng.wechat.WechatErrorClass;
import cn.qingfeng.wechat.WechatOutcome;

/**
 * There is no token to call with, so the call was not made.
 */
final class CredentialRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final WechatErrorClass errorClass;

	private final int code;

	private final String rid;

	CredentialRefusedException(WechatErrorClass errorClass, int code, String message, String rid) {
		super(message, null, false, false);
		this.errorClass = errorClass;
		this.code = code;
		this.rid = rid;
	}

	static CredentialRefusedException unreachable(String message) {
		return new CredentialRefusedException(WechatErrorClass.RETRY, WechatOutcome.Refused.NOT_CALLED, message, "");
	}

	boolean isTransient() {
		return this.errorClass == WechatErrorClass.RETRY;
	}

	<T> WechatOutcome<T> outcome() {
		return new WechatOutcome.Refused<>(this.errorClass, this.code, String.valueOf(getMessage()), this.rid);
	}

}
