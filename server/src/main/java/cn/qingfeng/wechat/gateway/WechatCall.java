package cn.qingfeng.wechat.gateway;

import java.util.concurrent.Callable;

import cn.qingfeng.wechat.WechatCapability;

/**
 * One blocking call, and what the gateway must know to make it.
 *
 * @param endpoint what is called; switches, breakers, threads and limits go by it
 * @param token whether it needs the account's access token
 * @param repeatable whether a second call could do no harm
 * @param work the call itself
 * @param <T> what it gives
 */
public record WechatCall<T>(Endpoint endpoint, boolean token, boolean repeatable, Callable<T> work) {

	/** A question, or something that WeChat may be told twice. */
	public static <T> WechatCall<T> repeatable(Endpoint endpoint, Callable<T> work) {
		return new WechatCall<>(endpoint, true, true, work);
	}

	/** Something that must not be told twice by the gateway. */
	public static <T> WechatCall<T> once(Endpoint endpoint, Callable<T> work) {
		return new WechatCall<>(endpoint, true, false, work);
	}

	/** The same call authenticated by the account's secret instead of its token. */
	public WechatCall<T> withoutToken() {
		return new WechatCall<>(this.endpoint, false, this.repeatable, this.work);
	}

	WechatCapability capability() {
		return this.endpoint.capability();
	}

	Lane lane() {
		return this.endpoint.lane();
	}

}
