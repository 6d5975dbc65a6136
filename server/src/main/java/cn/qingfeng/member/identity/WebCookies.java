package cn.qingfeng.member.identity;

import java.time.Duration;

import cn.qingfeng.platform.security.SessionToken;
import cn.qingfeng.wechat.WechatProperties;

import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * The cookies of the H5 page. They are for encrypted connections only when the public
 * address is one.
 */
@Component
class WebCookies {

	private final boolean secure;

	WebCookies(WechatProperties wechat) {
		this.secure = "https".equalsIgnoreCase(wechat.publicBaseUrl().getScheme());
	}

	void logIn(ServerWebExchange exchange, String token, String csrf, Duration validity) {
		exchange.getResponse().addCookie(cookie(SessionToken.COOKIE, token, validity, true));
		exchange.getResponse().addCookie(cookie(SessionToken.CSRF_COOKIE, csrf, validity, false));
	}

	void logOut(ServerWebExchange exchange) {
		if (exchange.getRequest().getCookies().containsKey(SessionToken.COOKIE)) {
			exchange.getResponse().addCookie(cookie(SessionToken.COOKIE, "", Duration.ZERO, true));
			exchange.getResponse().addCookie(cookie(SessionToken.CSRF_COOKIE, "", Duration.ZERO, false));
		}
	}

	private ResponseCookie cookie(String name, String value, Duration maxAge, boolean httpOnly) {
		return ResponseCookie.from(name, value)
			.path("/")
			.maxAge(maxAge)
			.httpOnly(httpOnly)
			.secure(this.secure)
			.sameSite("Lax")
			.build();
	}

}
