package cn.qingfeng.platform.security;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import cn.qingfeng.platform.problem.ForbiddenProblem;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.problem.UnauthenticatedProblem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.http.HttpCookie;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.web.server.MethodNotAllowedException;

/**
 * Against the real contract.
 */
class ContractAuthorizationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final CurrentMember BOUND = new CurrentMember(UUID.randomUUID(), UUID.randomUUID(),
			UUID.randomUUID());

	private static final CurrentMember UNBOUND = new CurrentMember(UUID.randomUUID(), UUID.randomUUID(), null);

	private final ContractAuthorization authorization = new ContractAuthorization(new ContractAccess());

	@Test
	void anybodyMayLogIn() {
		granted(null, MockServerHttpRequest.post("/api/v1/sessions"));
		granted(null, MockServerHttpRequest.post("/api/admin/v1/sessions"));
	}

	@Test
	void aStrangerMayNotRead() {
		refused(null, MockServerHttpRequest.get("/api/v1/me"), UnauthenticatedProblem.class);
		refused(null, MockServerHttpRequest.get("/api/admin/v1/articles"), UnauthenticatedProblem.class);
	}

	@Test
	void anAccountThatIsNotBoundMaySeeItselfButTakeNoQuiz() {
		granted(UNBOUND, MockServerHttpRequest.get("/api/v1/me"));
		refused(UNBOUND, MockServerHttpRequest.post("/api/v1/quizzes/x/attempts"), NotBoundProblem.class);
		granted(BOUND, MockServerHttpRequest.post("/api/v1/quizzes/x/attempts"));
	}

	@Test
	void onlyTheListedRolesMayReview() {
		granted(staff("REVIEWER_2"), MockServerHttpRequest.post("/api/admin/v1/articles/x/reviews"));
		refused(staff("AUTHOR"), MockServerHttpRequest.post("/api/admin/v1/articles/x/reviews"),
				ForbiddenProblem.class);
	}

	@Test
	void anAdministratorHasNoOtherRole() {
		refused(staff("ADMIN"), MockServerHttpRequest.post("/api/admin/v1/articles/x/reviews"), ForbiddenProblem.class);
		refused(staff("ADMIN"), MockServerHttpRequest.post("/api/admin/v1/articles/x/publication"),
				ForbiddenProblem.class);
	}

	@Test
	void aMemberIsNoStaffAndStaffAreNoMember() {
		refused(BOUND, MockServerHttpRequest.get("/api/admin/v1/articles"), ForbiddenProblem.class);
		refused(staff("AUTHOR"), MockServerHttpRequest.get("/api/v1/me"), ForbiddenProblem.class);
	}

	@Test
	void whatTheContractDoesNotNameIsNotFoundForAnybody() {
		refused(staff("ADMIN"), MockServerHttpRequest.get("/api/admin/v1/nothing"), NotFoundProblem.class);
		refused(null, MockServerHttpRequest.get("/api/v2/me"), NotFoundProblem.class);
		refused(BOUND, MockServerHttpRequest.method(HttpMethod.PATCH, "/api/v1/me"), MethodNotAllowedException.class);
	}

	@Test
	void aWriteByCookieNeedsTheHeaderOfOurPage() {
		MockServerHttpRequest.BodyBuilder bare = MockServerHttpRequest.post("/api/v1/quizzes/x/attempts")
			.cookie(new HttpCookie(SessionToken.COOKIE, "t"));
		refused(BOUND, bare, CsrfProblem.class);
		refused(BOUND,
				MockServerHttpRequest.post("/api/v1/quizzes/x/attempts")
					.cookie(new HttpCookie(SessionToken.COOKIE, "t"), new HttpCookie(SessionToken.CSRF_COOKIE, "")),
				CsrfProblem.class);
		refused(BOUND,
				MockServerHttpRequest.post("/api/v1/quizzes/x/attempts")
					.cookie(new HttpCookie(SessionToken.COOKIE, "t"), new HttpCookie(SessionToken.CSRF_COOKIE, "a"))
					.header(SessionToken.CSRF_HEADER, "b"),
				CsrfProblem.class);
		granted(BOUND,
				MockServerHttpRequest.post("/api/v1/quizzes/x/attempts")
					.cookie(new HttpCookie(SessionToken.COOKIE, "t"), new HttpCookie(SessionToken.CSRF_COOKIE, "a"))
					.header(SessionToken.CSRF_HEADER, "a"));
	}

	@Test
	void aReadByCookieAndAWriteByHeaderNeedNone() {
		granted(BOUND, MockServerHttpRequest.get("/api/v1/me").cookie(new HttpCookie(SessionToken.COOKIE, "t")));
		granted(BOUND,
				MockServerHttpRequest.post("/api/v1/quizzes/x/attempts")
					.header("Authorization", "Bearer t")
					.cookie(new HttpCookie(SessionToken.COOKIE, "t")));
	}

	private void granted(@Nullable CurrentUser user, MockServerHttpRequest.BaseBuilder<?> request) {
		decide(user, request).as(StepVerifier::create).expectNext(true).expectComplete().verify(TIMEOUT);
	}

	private void refused(@Nullable CurrentUser user, MockServerHttpRequest.BaseBuilder<?> request,
			Class<? extends Throwable> problem) {
		decide(user, request).as(StepVerifier::create).expectError(problem).verify(TIMEOUT);
	}

	private Mono<Boolean> decide(@Nullable CurrentUser user, MockServerHttpRequest.BaseBuilder<?> request) {
		MockServerWebExchange exchange = MockServerWebExchange.from(request);
		SessionToken.of(exchange);
		Mono<Authentication> authentication = Mono.justOrEmpty(user)
			.map((principal) -> UsernamePasswordAuthenticationToken.authenticated(principal, null, List.of()));
		return Mono.defer(() -> this.authorization.authorize(authentication, new AuthorizationContext(exchange)))
			.map((result) -> result.isGranted());
	}

	private static CurrentStaff staff(String role) {
		return new CurrentStaff(UUID.randomUUID(), UUID.randomUUID(), "tester", Set.of(role), Set.of());
	}

}
