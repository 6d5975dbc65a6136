package cn.qingfeng.platform.security;

import cn.qingfeng.platform.problem.UnauthenticatedProblem;
import reactor.core.publisher.Mono;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;

/**
 * Who calls, for code that does not care which realm.
 */
public final class Caller {

	private Caller() {
	}

	/** The key of the current user, or {@code anonymous}. */
	public static Mono<String> name() {
		return user().map(CurrentUser::key).defaultIfEmpty("anonymous");
	}

	/** Empty for an anonymous request. */
	public static Mono<CurrentUser> user() {
		return ReactiveSecurityContextHolder.getContext()
			.mapNotNull(SecurityContext::getAuthentication)
			.mapNotNull(Authentication::getPrincipal)
			.ofType(CurrentUser.class);
	}

	static <U extends CurrentUser> Mono<U> current(Class<U> type) {
		return user().ofType(type).switchIfEmpty(Mono.error(UnauthenticatedProblem::new));
	}

}
