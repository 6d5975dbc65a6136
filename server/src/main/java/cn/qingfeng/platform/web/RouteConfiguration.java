package cn.qingfeng.platform.web;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Finds the method for a request by its path first. Spring compares what a request takes
 * and brings before its path, which costs most when there are hundreds of routes.
 */
@Configuration(proxyBeanMethods = false)
class RouteConfiguration implements WebFluxRegistrations {

	@Override
	public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
		return new PathFirst();
	}

	private static final class PathFirst extends RequestMappingHandlerMapping {

		@Override
		protected @Nullable RequestMappingInfo getMatchingMapping(RequestMappingInfo route,
				ServerWebExchange exchange) {
			return (route.getPatternsCondition().getMatchingCondition(exchange) != null)
					? super.getMatchingMapping(route, exchange) : null;
		}

	}

}
