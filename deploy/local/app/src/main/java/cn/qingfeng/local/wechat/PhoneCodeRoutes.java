package cn.qingfeng.local.wechat;

import java.util.UUID;

import cn.qingfeng.local.LoopbackOnly;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.platform.problem.ForbiddenProblem;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.problem.UnauthenticatedProblem;
import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.platform.security.Realm;
import cn.qingfeng.platform.security.SessionAuthenticator;
import cn.qingfeng.platform.security.SessionToken;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code POST /_local/phone-code}: what a tap on the mini-program's phone number button
 * would give, for the person whose session this is. An H5 page has no such button.
 */
final class PhoneCodeRoutes {

	private static final String BEARER = "Bearer ";

	private final Sandbox sandbox;

	private final ObjectProvider<SessionAuthenticator> authenticators;

	private final DatabaseClient database;

	private PhoneCodeRoutes(Sandbox sandbox, ObjectProvider<SessionAuthenticator> authenticators,
			DatabaseClient database) {
		this.sandbox = sandbox;
		this.authenticators = authenticators;
		this.database = database;
	}

	static RouterFunction<ServerResponse> of(Sandbox sandbox, ObjectProvider<SessionAuthenticator> authenticators,
			DatabaseClient database) {
		PhoneCodeRoutes routes = new PhoneCodeRoutes(sandbox, authenticators, database);
		return RouterFunctions.route().filter(new LoopbackOnly()).POST("/_local/phone-code", routes::code).build();
	}

	private Mono<ServerResponse> code(ServerRequest request) {
		return Mono.justOrEmpty(token(request))
			.flatMap(this::member)
			.switchIfEmpty(Mono.error(UnauthenticatedProblem::new))
			.flatMap((member) -> openid(member.accountId()))
			.publishOn(Schedulers.boundedElastic())
			.mapNotNull(this::phoneCode)
			.switchIfEmpty(Mono.error(NotFoundProblem::new))
			.flatMap((code) -> ServerResponse.ok().bodyValue(new PhoneCode(code)));
	}

	private static @Nullable String token(ServerRequest request) {
		String header = request.headers().firstHeader(HttpHeaders.AUTHORIZATION);
		if (header != null && header.startsWith(BEARER)) {
			return header.substring(BEARER.length());
		}
		HttpCookie session = request.cookies().getFirst(SessionToken.COOKIE);
		if (session == null) {
			return null;
		}
		HttpCookie csrf = request.cookies().getFirst(SessionToken.CSRF_COOKIE);
		if (csrf == null || !csrf.getValue().equals(request.headers().firstHeader(SessionToken.CSRF_HEADER))) {
			throw new ForbiddenProblem();
		}
		return session.getValue();
	}

	private Mono<CurrentMember> member(String token) {
		return Flux.fromStream(this.authenticators::stream)
			.filter((authenticator) -> authenticator.realm() == Realm.MEMBER)
			.concatMap((authenticator) -> authenticator.authenticate(token))
			.ofType(CurrentMember.class)
			.next();
	}

	private Mono<String> openid(UUID accountId) {
		return this.database.sql("SELECT openid FROM wechat_account WHERE id = :id")
			.bind("id", accountId)
			.mapValue(String.class)
			.one();
	}

	private @Nullable String phoneCode(String openid) {
		return this.sandbox.people()
			.all()
			.stream()
			.filter((person) -> person.openids().containsValue(openid))
			.findFirst()
			.map(PersonView::id)
			.map(this.sandbox.people()::phoneCode)
			.orElse(null);
	}

	/**
	 * The answer.
	 *
	 * @param code for {@code PUT /api/v1/me/binding}
	 */
	record PhoneCode(String code) {

	}

}
