package cn.qingfeng.wechat;

import cn.qingfeng.wechat.gateway.Checks;
import cn.qingfeng.wechat.gateway.Endpoint;
import cn.qingfeng.wechat.gateway.WechatCall;
import cn.qingfeng.wechat.gateway.WechatCalls;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * WeChat's opinion on what members write. It speaks only of those who used the
 * mini-program within two hours, so it comes on top of our own filter. No call fails.
 */
@Component
public class WechatChecks {

	private final WechatCalls calls;

	private final Checks checks;

	WechatChecks(WechatCalls calls, Checks checks) {
		this.calls = calls;
		this.checks = checks;
	}

	/**
	 * Checks a text at once.
	 * @param openid of the writer within the mini-program
	 * @param scene where it will be shown
	 * @param content at most 2,500 characters
	 */
	public Mono<WechatOutcome<ContentVerdict>> text(String openid, CheckScene scene, String content) {
		return this.calls
			.make(WechatCall.repeatable(Endpoint.TEXT_CHECK, () -> this.checks.text(openid, scene, content)));
	}

	/**
	 * Asks for a check of a picture; an event with the same trace id tells the verdict
	 * within half an hour.
	 * @param openid of the sender within the mini-program
	 * @param scene where it will be shown
	 * @param url from where WeChat can fetch it, at most 10 MB
	 * @return the trace id
	 */
	public Mono<WechatOutcome<String>> image(String openid, CheckScene scene, String url) {
		return this.calls
			.make(WechatCall.repeatable(Endpoint.MEDIA_CHECK, () -> this.checks.image(openid, scene, url)));
	}

}
