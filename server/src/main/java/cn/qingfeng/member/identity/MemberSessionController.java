package cn.qingfeng.member.identity;

import java.time.Clock;
import java.time.Duration;

import cn.qingfeng.contract.member.SessionsApi;
import cn.qingfeng.contract.member.model.LogInRequest;
import cn.qingfeng.contract.member.model.Problem;
import cn.qingfeng.contract.member.model.Session;
import cn.qingfeng.member.identity.MemberLoggingIn.LoggedIn;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.security.Tokens;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.wechat.WebLogins;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class MemberSessionController implements SessionsApi {

	private final MemberLoggingIn loggingIn;

	private final WebLogins logins;

	private final WebCookies cookies;

	private final Clock clock;

	MemberSessionController(MemberLoggingIn loggingIn, WebLogins logins, WebCookies cookies, Clock clock) {
		this.loggingIn = loggingIn;
		this.logins = logins;
		this.cookies = cookies;
		this.clock = clock;
	}

	@Override
	public Mono<ResponseEntity<Session>> logIn(Mono<LogInRequest> request, ServerWebExchange exchange) {
		return request.flatMap((typed) -> this.loggingIn.fromMiniProgram(typed.getCode()))
			.map(MemberSessionController::session)
			.map((session) -> ResponseEntity.status(HttpStatus.CREATED).body(session));
	}

	@Override
	public Mono<ResponseEntity<Void>> logOut(ServerWebExchange exchange) {
		return this.loggingIn.logOut()
			.doOnSuccess((done) -> this.cookies.logOut(exchange))
			.thenReturn(ResponseEntity.noContent().build());
	}

	@Override
	public Mono<ResponseEntity<Problem>> beginOauth(String back, ServerWebExchange exchange) {
		WebLogins.Departure departure = this.logins.begin(back).orElseThrow(() -> Violations.of("return", "只能返回本站页面"));
		exchange.getResponse().addCookie(departure.cookie());
		return Mono.just(redirect(departure.location().toString()));
	}

	@Override
	public Mono<ResponseEntity<Problem>> finishOauth(String code, String state, ServerWebExchange exchange) {
		HttpCookie cookie = exchange.getRequest().getCookies().getFirst(WebLogins.COOKIE);
		String back = this.logins.returnPath(state, (cookie != null) ? cookie.getValue() : "")
			.orElseThrow(OauthStateProblem::new);
		return this.loggingIn.fromWeb(code)
			.doOnNext((loggedIn) -> setCookies(exchange, loggedIn))
			.map((loggedIn) -> redirect(back));
	}

	private void setCookies(ServerWebExchange exchange, LoggedIn loggedIn) {
		Duration validity = Duration.between(this.clock.instant(), loggedIn.expiresAt());
		exchange.getResponse().addCookie(this.logins.forgotten());
		this.cookies.logIn(exchange, loggedIn.token(), Tokens.random(), validity);
	}

	private static ResponseEntity<Problem> redirect(String location) {
		return ResponseEntity.status(HttpStatus.FOUND).header(HttpHeaders.LOCATION, location).build();
	}

	private static Session session(LoggedIn loggedIn) {
		return new Session().token(loggedIn.token())
			.expiresAt(BusinessTime.at(loggedIn.expiresAt()))
			.member(MemberViews.orNull(loggedIn.member()));
	}

}
