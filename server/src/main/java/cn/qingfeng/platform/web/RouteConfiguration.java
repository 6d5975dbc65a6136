package cn.qingfeng.platform.web;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Finds the method for a request by its path first. Spring compares what a request takes
 * and brings before its path, and every pattern in full, which costs most when there are
 * hundreds of routes.
 */
@Configuration(proxyBeanMethods = false)
class RouteConfiguration implements WebFluxRegistrations {

	private static final Pattern PLACEHOLDER = Pattern.compile("[{*?]");

	@Override
	public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
		return new PathFirst();
	}

	private static final class PathFirst extends RequestMappingHandlerMapping {

		/** What every path of a route begins with. */
		private final Map<RequestMappingInfo, String> beginnings = new ConcurrentHashMap<>();

		@Override
		protected @Nullable RequestMappingInfo getMatchingMapping(RequestMappingInfo route,
				ServerWebExchange exchange) {
			String path = exchange.getRequest().getPath().pathWithinApplication().value();
			return (begins(path, route) && route.getPatternsCondition().getMatchingCondition(exchange) != null)
					? super.getMatchingMapping(route, exchange) : null;
		}

		/** A path that is written with escapes or parameters is left to the patterns. */
		private boolean begins(String path, RequestMappingInfo route) {
			return path.startsWith(this.beginnings.computeIfAbsent(route, PathFirst::beginning))
					|| path.indexOf('%') >= 0 || path.indexOf(';') >= 0;
		}

		private static String beginning(RequestMappingInfo route) {
			Set<String> patterns = route.getPatternsCondition()
				.getPatterns()
				.stream()
				.map(PathPattern::getPatternString)
				.map((pattern) -> PLACEHOLDER.split(pattern, 2)[0])
				.collect(Collectors.toSet());
			return (patterns.size() != 1) ? "" : patterns.iterator().next();
		}

	}

}
