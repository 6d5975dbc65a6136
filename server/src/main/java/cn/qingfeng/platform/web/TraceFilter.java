package cn.qingfeng.platform.web;

import cn.qingfeng.platform.reactor.LogContext;
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

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String traceId = TraceId.of(exchange.getRequest());
		exchange.getAttributes().put(TraceId.KEY, traceId);
		exchange.getResponse().getHeaders().set(TraceId.HEADER, traceId);
		return chain.filter(exchange).contextWrite(LogContext.trace(traceId));
	}

}
