package cn.qingfeng.platform.web;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Gives each request its trace id, taken from the client or proxy when it is harmless,
 * and each response the header.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class TraceFilter implements WebFilter {

	private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9-]{8,64}");

	TraceFilter() {
		LogContext.register();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		@Nullable String sent = exchange.getRequest().getHeaders().getFirst(TraceId.HEADER);
		String traceId = (sent != null && HARMLESS.matcher(sent).matches()) ? sent : next();
		exchange.getAttributes().put(TraceId.KEY, traceId);
		exchange.getResponse().getHeaders().set(TraceId.HEADER, traceId);
		return chain.filter(exchange).contextWrite(LogContext.trace(traceId));
	}

	private static String next() {
		byte[] bytes = new byte[16];
		ThreadLocalRandom.current().nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

}
