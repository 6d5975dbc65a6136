package cn.qingfeng.platform.security;

import java.util.Objects;
import java.util.Set;

import cn.qingfeng.platform.problem.ForbiddenProblem;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.problem.UnauthenticatedProblem;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpCookie;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;

/**
 * Lets a request through when the contract does. A refusal is a problem of its own kind,
 * not Spring's access denial, so the client reads what to do.
 */
@Component
class ContractAuthorization implements ReactiveAuthorizationManager<AuthorizationContext> {

	private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	private static final AuthorizationDecision GRANTED = new AuthorizationDecision(true);

	private final ContractAccess contract;

	ContractAuthorization(ContractAccess contract) {
		this.contract = contract;
	}

	@Override
	public Mono<AuthorizationResult> authorize(Mono<Authentication> authentication, AuthorizationContext context) {
		ServerWebExchange exchange = context.getExchange();
		ServerHttpRequest request = exchange.getRequest();
		ContractAccess.Rule rule = this.contract.find(request.getMethod(), request.getPath().pathWithinApplication())
			.orElseThrow(NotFoundProblem::new);
		return switch (rule) {
			case ContractAccess.OtherMethods other ->
				Mono.error(new MethodNotAllowedException(request.getMethod(), other.methods()));
			case ContractAccess.Allowed(Access.Anyone anyone) -> Mono.just(GRANTED);
			case ContractAccess.Allowed(Access access) -> authentication.mapNotNull(Authentication::getPrincipal)
				.ofType(CurrentUser.class)
				.switchIfEmpty(Mono.error(UnauthenticatedProblem::new))
				.map((user) -> decide(access, user, exchange));
		};
	}

	private static AuthorizationResult decide(Access access, CurrentUser user, ServerWebExchange exchange) {
		requireOwnPage(exchange);
		return switch (access) {
			case Access.Anyone anyone -> GRANTED;
			case Access.Account account when user instanceof CurrentMember -> GRANTED;
			case Access.BoundMember bound when user instanceof CurrentMember member -> granted(member);
			case Access.StaffWithRole role when user instanceof CurrentStaff staff && role.admits(staff) -> GRANTED;
			default -> throw new ForbiddenProblem();
		};
	}

	private static AuthorizationResult granted(CurrentMember member) {
		if (member.boundMemberId() == null) {
			throw new NotBoundProblem();
		}
		return GRANTED;
	}

	private static void requireOwnPage(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		if (SessionToken.isFromCookie(exchange) && !SAFE.contains(request.getMethod())) {
			String header = request.getHeaders().getFirst(SessionToken.CSRF_HEADER);
			@Nullable HttpCookie cookie = request.getCookies().getFirst(SessionToken.CSRF_COOKIE);
			String expected = (cookie != null) ? cookie.getValue() : "";
			if (expected.isEmpty() || !Tokens.same(expected, Objects.requireNonNullElse(header, ""))) {
				throw new CsrfProblem();
			}
		}
	}

}
