package cn.qingfeng.platform.web;

import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * The id under which a request is found in the log: header {@code X-Trace-Id}, member
 * {@code traceId} of a problem, MDC key {@code traceId}.
 */
public final class TraceId {

	public static final String HEADER = "X-Trace-Id";

	static final String KEY = "traceId";

	private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9-]{8,64}");

	private static final int BYTES = 16;

	private TraceId() {
	}

	/** The one that came from the client or proxy when it is harmless, else a new one. */
	public static String of(ServerHttpRequest request) {
		String sent = request.getHeaders().getFirst(HEADER);
		return (sent != null && HARMLESS.matcher(sent).matches()) ? sent : next();
	}

	private static String next() {
		byte[] bytes = new byte[BYTES];
		ThreadLocalRandom.current().nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	public static String of(ServerWebExchange exchange) {
		return Objects.requireNonNullElse(exchange.getAttribute(KEY), exchange.getRequest().getId());
	}

}
