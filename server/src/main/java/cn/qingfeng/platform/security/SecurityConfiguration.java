package cn.qingfeng.platform.security;

import cn.qingfeng.platform.problem.NotFoundProblem;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.web.server.ResponseStatusException;

/**
 * Two short chains without sessions: the APIs, decided by the contract; and what anybody
 * may fetch, with everything else not found. Health checks and static files do not pay
 * for authentication.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityConfiguration {

	private static final String[] PUBLIC = { "/", "/favicon.ico", "/m/**", "/console/**", "/openapi/**", "/a/**",
			"/wechat/{app}/callback", "/{proof:[A-Za-z0-9_]+\\.txt}", "/actuator/health/**", "/_local/**" };

	static final String STRICT_TRANSPORT = "max-age=31536000 ; includeSubDomains";

	private static final ReferrerPolicy REFERRER = ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN;

	private static final String PERMISSIONS = "camera=(), microphone=(), payment=()";

	private final SecurityProperties properties;

	SecurityConfiguration(SecurityProperties properties) {
		this.properties = properties;
	}

	@Bean
	@Order(0)
	SecurityWebFilterChain apiChain(ServerHttpSecurity http, ContractAuthorization contract,
			ObjectProvider<SessionAuthenticator> authenticators) {
		return stateless(http).securityMatcher(new PathPatternParserServerWebExchangeMatcher("/api/**"))
			.addFilterAt(new SessionFilter(authenticators), SecurityWebFiltersOrder.AUTHENTICATION)
			.authorizeExchange((exchanges) -> exchanges.anyExchange().access(contract))
			.build();
	}

	@Bean
	@Order(1)
	SecurityWebFilterChain publicChain(ServerHttpSecurity http, MetricsAccess metrics) {
		return stateless(http)
			.authorizeExchange((exchanges) -> exchanges.pathMatchers(PUBLIC)
				.permitAll()
				.pathMatchers("/actuator/**")
				.access(metrics)
				.anyExchange()
				.access((authentication, context) -> Mono.error(NotFoundProblem::new)))
			.build();
	}

	/** What both chains write into every answer, for those that no chain sees. */
	static HttpHeaders guard(SecurityProperties properties) {
		HttpHeaders headers = new HttpHeaders();
		headers.set("X-Content-Type-Options", "nosniff");
		headers.set("X-XSS-Protection", "0");
		headers.set("Referrer-Policy", REFERRER.getPolicy());
		headers.set("Permissions-Policy", PERMISSIONS);
		headers.set("Content-Security-Policy", properties.policy());
		if (!properties.mayBeFramed()) {
			headers.set("X-Frame-Options", "DENY");
		}
		return HttpHeaders.readOnlyHttpHeaders(headers);
	}

	/** A filter of this chain takes less time than its observation. */
	@Bean
	SecurityObservationSettings unobserved() {
		return SecurityObservationSettings.noObservations();
	}

	/** What the firewall turns away gets a problem document like everything else. */
	@Bean
	ServerExchangeRejectedHandler turnedAway() {
		return (exchange, rejected) -> Mono.error(new ResponseStatusException(HttpStatus.BAD_REQUEST));
	}

	private ServerHttpSecurity stateless(ServerHttpSecurity http) {
		return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
			.httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
			.formLogin(ServerHttpSecurity.FormLoginSpec::disable)
			.logout(ServerHttpSecurity.LogoutSpec::disable)
			.anonymous(ServerHttpSecurity.AnonymousSpec::disable)
			.requestCache((cache) -> cache.requestCache(NoOpServerRequestCache.getInstance()))
			.securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
			.headers(this::headers);
	}

	private void headers(ServerHttpSecurity.HeaderSpec headers) {
		headers.contentSecurityPolicy((csp) -> csp.policyDirectives(this.properties.policy()))
			.referrerPolicy((referrer) -> referrer.policy(REFERRER))
			.permissionsPolicy((permissions) -> permissions.policy(PERMISSIONS))
			.cache(ServerHttpSecurity.HeaderSpec.CacheSpec::disable);
		if (this.properties.mayBeFramed()) {
			headers.frameOptions(ServerHttpSecurity.HeaderSpec.FrameOptionsSpec::disable);
		}
	}

}
