package cn.qingfeng.staff.account;

import java.time.Duration;

import cn.qingfeng.platform.security.Tokens;

import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.web.server.ServerWebExchange;

/**
 * The browser that somebody logs in with, known again by a cookie that tells nothing and
 * opens nothing: it only says in whose budget a wrong guess counts.
 *
 * @param value of the cookie, a new one when the browser sent none
 */
record StaffDevice(String value) {

	static final String COOKIE = "qf_device";

	private static final String PATH = "/api/admin/v1/sessions";

	private static final Duration VALIDITY = Duration.ofDays(180);

	static StaffDevice of(ServerWebExchange exchange) {
		HttpCookie cookie = exchange.getRequest().getCookies().getFirst(COOKIE);
		return (cookie != null && cookie.getValue().length() == Tokens.LENGTH) ? new StaffDevice(cookie.getValue())
				: fresh();
	}

	static StaffDevice fresh() {
		return new StaffDevice(Tokens.random());
	}

	byte[] digest() {
		return Tokens.digest(this.value);
	}

	/** To be sent with the next log-in, and with nothing else. */
	ResponseCookie cookie(ServerWebExchange exchange) {
		return ResponseCookie.from(COOKIE, this.value)
			.path(PATH)
			.maxAge(VALIDITY)
			.httpOnly(true)
			.secure("https".equalsIgnoreCase(exchange.getRequest().getURI().getScheme()))
			.sameSite("Strict")
			.build();
	}

	@Override
	public String toString() {
		return "StaffDevice[***]";
	}

}
