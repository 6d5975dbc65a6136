package cn.qingfeng.wechat.web;

import cn.qingfeng.platform.problem.NotFoundProblem;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Shows WeChat that the domain is ours.
 */
@Configuration(proxyBeanMethods = false)
class DomainProofs {

	private final PageProperties properties;

	DomainProofs(PageProperties properties) {
		this.properties = properties;
	}

	@Bean
	RouterFunction<ServerResponse> domainProof() {
		return RouterFunctions.route().GET("/{file:[A-Za-z0-9_]+\\.txt}", this::shown).build();
	}

	private Mono<ServerResponse> shown(ServerRequest request) {
		return this.properties.domainProofs()
			.stream()
			.filter((proof) -> proof.file().equals(request.pathVariable("file")))
			.findFirst()
			.map((proof) -> ServerResponse.ok().contentType(MediaType.TEXT_PLAIN).bodyValue(proof.text()))
			.orElseGet(() -> Mono.error(NotFoundProblem::new));
	}

}
