package cn.qingfeng.platform.security;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import cn.qingfeng.platform.reactor.LogContext;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Finds the user of a session and puts them into the security context. A token that is
 * unknown or of the other realm leaves the request anonymous.
 */
class SessionFilter implements WebFilter {

	private static final String STAFF_PATH = "/api/admin/";

	private final ObjectProvider<SessionAuthenticator> all;

	private volatile @Nullable Map<Realm, List<SessionAuthenticator>> byRealm;

	SessionFilter(ObjectProvider<SessionAuthenticator> authenticators) {
		this.all = authenticators;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return Mono.justOrEmpty(SessionToken.of(exchange))
			.flatMap((token) -> authenticate(realm(exchange), token))
			.map((user) -> filterAs(user, exchange, chain))
			.defaultIfEmpty(Mono.defer(() -> chain.filter(exchange)))
			.flatMap((rest) -> rest);
	}

	private Mono<CurrentUser> authenticate(Realm realm, String token) {
		return Flux.fromIterable(byRealm().getOrDefault(realm, List.of()))
			.concatMap((authenticator) -> authenticator.authenticate(token))
			.cast(CurrentUser.class)
			.next();
	}

	/**
	 * Looked up when the first request comes: they need beans that need this chain.
	 * Without a lock, which would block event loops; whoever comes second finds the same.
	 */
	private Map<Realm, List<SessionAuthenticator>> byRealm() {
		Map<Realm, List<SessionAuthenticator>> found = this.byRealm;
		if (found == null) {
			found = this.all.orderedStream().collect(Collectors.groupingBy(SessionAuthenticator::realm));
			this.byRealm = found;
		}
		return found;
	}

	private static Mono<Void> filterAs(CurrentUser user, ServerWebExchange exchange, WebFilterChain chain) {
		Authentication authentication = UsernamePasswordAuthenticationToken.authenticated(user, null, List.of());
		return chain.filter(exchange)
			.contextWrite(ReactiveSecurityContextHolder.withAuthentication(authentication))
			.contextWrite(LogContext.user(user.key()));
	}

	private static Realm realm(ServerWebExchange exchange) {
		String path = exchange.getRequest().getPath().pathWithinApplication().value();
		return path.startsWith(STAFF_PATH) ? Realm.STAFF : Realm.MEMBER;
	}

}
