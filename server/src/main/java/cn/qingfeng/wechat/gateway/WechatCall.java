package cn.qingfeng.wechat.gateway;

import java.util.concurrent.Callable;

import cn.qingfeng.wechat.WechatCapability;

/**
 * One blocking call, and what the gateway must know to make it.
 *
 * @param capability switches and breakers go by it
 * @param lane whose threads it takes
 * @param token whether it needs the account's access token
 * @param repeatable whether a second call could do no harm
 * @param work the call itself
 * @param <T> what it gives
 */
public record WechatCall<T>(WechatCapability capability, Lane lane, boolean token, boolean repeatable,
		Callable<T> work) {

	/** A question, or something that WeChat may be told twice. */
	public static <T> WechatCall<T> repeatable(WechatCapability capability, Lane lane, Callable<T> work) {
		return new WechatCall<>(capability, lane, true, true, work);
	}

	/** Something that must not be told twice by the gateway. */
	public static <T> WechatCall<T> once(WechatCapability capability, Lane lane, Callable<T> work) {
		return new WechatCall<>(capability, lane, true, false, work);
	}

	/** The same call authenticated by the account's secret instead of its token. */
	public WechatCall<T> withoutToken() {
		return new WechatCall<>(this.capability, this.lane, false, this.repeatable, this.work);
	}

}
