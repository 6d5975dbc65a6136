package cn.qingfeng.platform.security;

import java.util.Optional;

import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Where a request carries its session: {@code Authorization: Bearer} for the mini-program
 * and the console, an HttpOnly cookie for the H5 page. A header wins over a cookie.
 */
public final class SessionToken {

	/** HttpOnly, Secure, SameSite=Lax. */
	public static final String COOKIE = "qf_session";

	/** Readable by our page, which repeats it in {@link #CSRF_HEADER}. */
	public static final String CSRF_COOKIE = "XSRF-TOKEN";

	/** Demanded on a write whose session came by cookie. */
	public static final String CSRF_HEADER = "X-XSRF-TOKEN";

	private static final String BEARER = "Bearer ";

	private static final int LONGEST = 512;

	private static final String FROM_COOKIE = SessionToken.class.getName() + ".cookie";

	private SessionToken() {
	}

	static Optional<String> of(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		boolean fromHeader = request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION);
		exchange.getAttributes().put(FROM_COOKIE, !fromHeader && request.getCookies().containsKey(COOKIE));
		return of(request);
	}

	static Optional<String> of(ServerHttpRequest request) {
		String header = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
		return (header != null) ? bearer(header)
				: Optional.ofNullable(request.getCookies().getFirst(COOKIE))
					.map(HttpCookie::getValue)
					.filter(SessionToken::isPlausible);
	}

	static boolean isFromCookie(ServerWebExchange exchange) {
		return exchange.getAttributeOrDefault(FROM_COOKIE, false);
	}

	private static Optional<String> bearer(String header) {
		return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
				? Optional.of(header.substring(BEARER.length()).strip()).filter(SessionToken::isPlausible)
				: Optional.empty();
	}

	private static boolean isPlausible(String token) {
		return !token.isEmpty() && token.length() <= LONGEST;
	}

}
