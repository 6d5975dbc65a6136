package cn.qingfeng.wechat;

import java.time.Duration;

import cn.qingfeng.wechat.gateway.Endpoint;
import cn.qingfeng.wechat.gateway.Links;
import cn.qingfeng.wechat.gateway.WechatCall;
import cn.qingfeng.wechat.gateway.WechatCalls;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Ways into the accounts: codes to scan and links to tap. Whoever sees one can copy it,
 * so what it says must be worth nothing by itself. No call fails.
 */
@Component
public class WechatLinks {

	private final WechatCalls calls;

	private final Links links;

	WechatLinks(WechatCalls calls, Links links) {
		this.calls = calls;
		this.links = links;
	}

	/**
	 * A code to follow the public account by, for a while.
	 * @param scene what the follow event tells us, 1 to 64 characters
	 * @param life at most 30 days
	 */
	public Mono<WechatOutcome<FollowerCode>> temporaryCode(String scene, Duration life) {
		return this.calls.make(WechatCall.repeatable(Endpoint.QR_CODE, () -> this.links.followerCode(scene, life)));
	}

	/**
	 * A code for good; an account has 100,000 of them.
	 * @param scene what the follow event tells us, 1 to 64 characters
	 */
	public Mono<WechatOutcome<FollowerCode>> permanentCode(String scene) {
		return this.calls.make(WechatCall.once(Endpoint.QR_CODE, () -> this.links.followerCode(scene, null)));
	}

	/**
	 * A round code that opens a page of the mini-program, as a JPEG.
	 * @param scene what the page is told, at most 32 characters
	 * @param page without a query
	 * @param width in pixels, 280 to 1,280
	 */
	public Mono<WechatOutcome<byte[]>> pageCode(String scene, String page, int width) {
		return this.calls
			.make(WechatCall.repeatable(Endpoint.PAGE_CODE, () -> this.links.pageCode(scene, page, width)));
	}

	/**
	 * An address that opens the mini-program from a text message or a browser.
	 * @param target the page
	 * @param days how long it works, at most 30
	 */
	public Mono<WechatOutcome<String>> urlLink(PageTarget target, int days) {
		return this.calls.make(WechatCall.repeatable(Endpoint.URL_LINK, () -> this.links.urlLink(target, days)));
	}

	/**
	 * The same as a {@code weixin://} address.
	 * @param target the page
	 * @param days how long it works, at most 30
	 */
	public Mono<WechatOutcome<String>> urlScheme(PageTarget target, int days) {
		return this.calls.make(WechatCall.repeatable(Endpoint.URL_SCHEME, () -> this.links.urlScheme(target, days)));
	}

	/**
	 * A short text that opens the mini-program when it is tapped in a chat, for 30 days.
	 * @param target the page
	 * @param title what the text says
	 */
	public Mono<WechatOutcome<String>> shortLink(PageTarget target, String title) {
		return this.calls.make(WechatCall.repeatable(Endpoint.SHORT_LINK, () -> this.links.shortLink(target, title)));
	}

}
