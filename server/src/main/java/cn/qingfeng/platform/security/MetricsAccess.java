package cn.qingfeng.platform.security;

import java.net.InetSocketAddress;

import cn.qingfeng.platform.problem.NotFoundProblem;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.stereotype.Component;

/**
 * Metrics and the like are for the management port; on the port of the public only for
 * this machine itself, and not through a proxy on it. To all others they do not exist.
 */
@Component
class MetricsAccess implements ReactiveAuthorizationManager<AuthorizationContext> {

	private final int managementPort;

	MetricsAccess(@Value("${management.server.port:-1}") int managementPort) {
		this.managementPort = managementPort;
	}

	@Override
	public Mono<AuthorizationResult> authorize(Mono<Authentication> authentication, AuthorizationContext context) {
		ServerHttpRequest request = context.getExchange().getRequest();
		return (isOnManagementPort(request) || isFromThisMachine(request)) ? Mono.just(new AuthorizationDecision(true))
				: Mono.error(NotFoundProblem::new);
	}

	private boolean isOnManagementPort(ServerHttpRequest request) {
		@Nullable InetSocketAddress local = request.getLocalAddress();
		return this.managementPort > 0 && local != null && local.getPort() == this.managementPort;
	}

	private static boolean isFromThisMachine(ServerHttpRequest request) {
		@Nullable InetSocketAddress remote = request.getRemoteAddress();
		return remote != null && remote.getAddress() != null && remote.getAddress().isLoopbackAddress()
				&& !request.getHeaders().containsHeader("X-Forwarded-For")
				&& !request.getHeaders().containsHeader("Forwarded");
	}

}
