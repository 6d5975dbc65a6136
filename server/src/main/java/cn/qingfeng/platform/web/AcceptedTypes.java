package cn.qingfeng.platform.web;

import java.util.ArrayList;
import java.util.List;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.accept.HeaderContentTypeResolver;
import org.springframework.web.reactive.accept.RequestedContentTypeResolver;
import org.springframework.web.reactive.accept.RequestedContentTypeResolverBuilder;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.server.ServerWebExchange;

/**
 * Who accepts JSON accepts problem documents too. A call whose only body is a problem
 * (204 otherwise) would else be refused with 406 to everybody who asks for JSON alone.
 */
@Configuration(proxyBeanMethods = false)
class AcceptedTypes implements WebFluxConfigurer {

	@Override
	public void configureContentTypeResolver(RequestedContentTypeResolverBuilder builder) {
		RequestedContentTypeResolver header = new HeaderContentTypeResolver();
		builder.resolver((exchange) -> accepted(header, exchange));
	}

	private static List<MediaType> accepted(RequestedContentTypeResolver header, ServerWebExchange exchange) {
		List<MediaType> types = header.resolveMediaTypes(exchange);
		if (types.stream().noneMatch((type) -> type.includes(MediaType.APPLICATION_JSON))
				|| types.stream().anyMatch((type) -> type.includes(MediaType.APPLICATION_PROBLEM_JSON))) {
			return types;
		}
		List<MediaType> more = new ArrayList<>(types);
		more.add(MediaType.APPLICATION_PROBLEM_JSON);
		return more;
	}

}
