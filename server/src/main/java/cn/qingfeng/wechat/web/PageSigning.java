package cn.qingfeng.wechat.web;

import java.net.URI;
import java.net.URISyntaxException;

import cn.qingfeng.contract.member.JssdkApi;
import cn.qingfeng.contract.member.model.PageSignature;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.wechat.JsSdkSignature;
import cn.qingfeng.wechat.WechatGateway;
import cn.qingfeng.wechat.WechatOutcome;
import cn.qingfeng.wechat.WechatProperties;
import cn.qingfeng.wechat.WechatUnavailableProblem;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Signs pages of our own for the JS-SDK. A page of somebody else never gets a signature
 * in the account's name.
 */
@RestController
class PageSigning implements JssdkApi {

	private final WechatGateway gateway;

	private final URI own;

	PageSigning(WechatGateway gateway, WechatProperties properties) {
		this.gateway = gateway;
		this.own = properties.publicBaseUrl();
	}

	@Override
	public Mono<ResponseEntity<PageSignature>> signPage(String url, ServerWebExchange exchange) {
		if (!isOwn(url)) {
			return Mono.error(() -> Violations.of("url", "只能为本站页面签名"));
		}
		return this.gateway.jsSdkSignature(url).map(PageSigning::signature).map(ResponseEntity::ok);
	}

	private boolean isOwn(String url) {
		try {
			URI page = new URI(url);
			return this.own.getScheme().equalsIgnoreCase(page.getScheme())
					&& this.own.getRawAuthority().equalsIgnoreCase(page.getRawAuthority());
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	private static PageSignature signature(WechatOutcome<JsSdkSignature> outcome) {
		if (outcome instanceof WechatOutcome.Done<JsSdkSignature> done) {
			JsSdkSignature signed = done.value();
			return new PageSignature(signed.appId(), signed.timestamp(), signed.nonce(), signed.signature());
		}
		throw new WechatUnavailableProblem();
	}

}
