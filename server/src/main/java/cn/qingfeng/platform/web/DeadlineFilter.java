package cn.qingfeng.platform.web;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Nobody waits for ever: an API request that has no answer in time gets 503, whatever it
 * hangs on. Uploads take the time they take.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class DeadlineFilter implements WebFilter {

	private final WebProperties properties;

	DeadlineFilter(WebProperties properties) {
		this.properties = properties;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		Mono<Void> rest = chain.filter(exchange);
		return isTimed(exchange) ? rest.timeout(this.properties.deadline()) : rest;
	}

	private static boolean isTimed(ServerWebExchange exchange) {
		MediaType type = WebRequests.contentType(exchange.getRequest());
		return WebRequests.isApi(exchange.getRequest()) && !MediaType.MULTIPART_FORM_DATA.isCompatibleWith(type);
	}

}
