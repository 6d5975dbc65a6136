package cn.qingfeng.platform.web;

import java.util.Objects;

import org.springframework.web.server.ServerWebExchange;

/**
 * The id under which a request is found in the log: header {@code X-Trace-Id}, member
 * {@code traceId} of a problem, MDC key {@code traceId}.
 */
public final class TraceId {

	public static final String HEADER = "X-Trace-Id";

	static final String KEY = "traceId";

	private TraceId() {
	}

	public static String of(ServerWebExchange exchange) {
		return Objects.requireNonNullElse(exchange.getAttribute(KEY), exchange.getRequest().getId());
	}

}
