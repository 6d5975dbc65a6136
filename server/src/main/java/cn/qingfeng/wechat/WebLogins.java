package cn.qingfeng.wechat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import cn.qingfeng.platform.security.Tokens;

import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * The way to WeChat's consent page and back, bound to one browser: a cookie holds a nonce
 * and where to go afterwards, the state that WeChat carries is a MAC over both. No node
 * has to remember anything, and a link with somebody else's code leads nowhere.
 */
@Component
public class WebLogins {

	/** The cookie of a login under way. */
	public static final String COOKIE = "qf_oauth";

	private static final String CALLBACK = "/api/v1/oauth/callback";

	private static final Duration LIFE = Duration.ofMinutes(10);

	/**
	 * Own paths only, as nothing on the way can read them otherwise: no host, no encoded
	 * character, no empty or dotted step; the query and what follows are the page's.
	 */
	private static final Pattern OWN_PATH = Pattern
		.compile("(?=.{1,1024}$)/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*)?"
				+ "(?:[?#][!-\\[\\]-~]*)?");

	private static final Pattern STATE = Pattern.compile("[0-9a-f]{11}[0-9a-f]{64}");

	private static final int EXPIRY = 11;

	private final WechatGateway gateway;

	private final URI publicBaseUrl;

	private final SecretKeySpec key;

	private final Clock clock;

	WebLogins(WechatGateway gateway, WechatProperties properties, Clock clock) {
		this.gateway = gateway;
		this.publicBaseUrl = properties.publicBaseUrl();
		this.key = new SecretKeySpec(
				("qingfeng:oauth-state:" + properties.mp().secret()).getBytes(StandardCharsets.UTF_8), "HmacSHA256");
		this.clock = clock;
	}

	/**
	 * Starts a login.
	 * @param returnPath where the browser goes afterwards: a path of our own, or empty
	 * for the front page
	 * @return nothing when the path is not our own
	 */
	public Optional<Departure> begin(String returnPath) {
		String path = returnPath.isEmpty() ? "/m/" : returnPath;
		return OWN_PATH.matcher(path).matches() ? Optional.of(departure(path)) : Optional.empty();
	}

	/**
	 * Where to go after a login that this browser started.
	 * @param state as WeChat brought it back
	 * @param cookie the value of {@link #COOKIE}
	 * @return nothing when the state is not of this browser, or too old
	 */
	public Optional<String> returnPath(String state, String cookie) {
		int dot = cookie.indexOf('.');
		if (dot < 0 || !STATE.matcher(state).matches()
				|| this.clock.millis() >= Long.parseLong(state.substring(0, EXPIRY), 16)) {
			return Optional.empty();
		}
		byte[] expected = state(state.substring(0, EXPIRY), cookie).getBytes(StandardCharsets.US_ASCII);
		return MessageDigest.isEqual(expected, state.getBytes(StandardCharsets.US_ASCII))
				? Optional.of(path(cookie.substring(dot + 1))) : Optional.empty();
	}

	/** Ends the login in the browser. */
	public ResponseCookie forgotten() {
		return cookie("", Duration.ZERO);
	}

	private Departure departure(String path) {
		String cookie = Tokens.random() + "."
				+ Base64.getUrlEncoder().withoutPadding().encodeToString(path.getBytes(StandardCharsets.US_ASCII));
		String expiry = HexFormat.of().toHexDigits(this.clock.millis() + LIFE.toMillis(), EXPIRY);
		String address = this.gateway.oauthUrl(this.publicBaseUrl.resolve(CALLBACK).toString(), state(expiry, cookie));
		return new Departure(URI.create(address), cookie(cookie, LIFE));
	}

	private ResponseCookie cookie(String value, Duration life) {
		return ResponseCookie.from(COOKIE, value)
			.httpOnly(true)
			.secure("https".equals(this.publicBaseUrl.getScheme()))
			.sameSite("Lax")
			.path(CALLBACK)
			.maxAge(life)
			.build();
	}

	private String state(String expiry, String cookie) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(this.key);
			return expiry
					+ HexFormat.of().formatHex(mac.doFinal((expiry + "." + cookie).getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String path(String encoded) {
		return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.US_ASCII);
	}

	/**
	 * Where to send the browser, and what it must keep.
	 *
	 * @param location WeChat's consent page
	 * @param cookie to be set in the same answer
	 */
	public record Departure(URI location, ResponseCookie cookie) {

	}

}
