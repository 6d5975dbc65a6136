package cn.qingfeng.platform.security;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import cn.qingfeng.platform.web.TraceId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;

/**
 * Lets the requests of a rush go their {@link ShortWay}, for filters and routes together
 * take several times as long as their answers. Only for members who have a session; every
 * doubt, every trouble, and every request with a body, a condition or a session in a
 * cookie that wants to change something goes the long way.
 */
@Component
class ShortWays implements HttpHandlerDecoratorFactory, SmartInitializingSingleton {

	private static final List<String> SPECIAL = List.of(HttpHeaders.IF_NONE_MATCH, HttpHeaders.IF_MATCH,
			HttpHeaders.IF_MODIFIED_SINCE, HttpHeaders.IF_UNMODIFIED_SINCE, HttpHeaders.RANGE, HttpHeaders.ORIGIN,
			HttpHeaders.TRANSFER_ENCODING);

	/** Then the long way with its own deadline is gone. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final Logger log = LoggerFactory.getLogger(ShortWays.class);

	private final ObjectProvider<ShortWay> allWays;

	private final ObjectProvider<SessionAuthenticator> allSessions;

	private final MeterRegistry meters;

	private final Map<String, String> guard;

	private volatile List<Counted> ways = List.of();

	private volatile List<SessionAuthenticator> sessions = List.of();

	ShortWays(ObjectProvider<ShortWay> ways, ObjectProvider<SessionAuthenticator> authenticators,
			SecurityProperties properties, MeterRegistry meters) {
		this.allWays = ways;
		this.allSessions = authenticators;
		this.meters = meters;
		this.guard = SecurityConfiguration.guard(properties).toSingleValueMap();
	}

	/**
	 * Before the first request, but not at once: they need beans that need the server.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		this.sessions = this.allSessions.orderedStream()
			.filter((authenticator) -> authenticator.realm() == Realm.MEMBER)
			.toList();
		this.ways = this.allWays.orderedStream()
			.map((way) -> new Counted(way, this.meters.counter("qingfeng.short.way", "way", way.name())))
			.toList();
	}

	@Override
	public HttpHandler apply(HttpHandler longWay) {
		return (request, response) -> {
			String path = request.getPath().pathWithinApplication().value();
			for (Counted counted : this.ways) {
				if (counted.way().isFor(request.getMethod(), path) && isPlain(request.getHeaders())) {
					Mono<Void> rest = Mono.defer(() -> longWay.handle(request, response));
					String token = token(request);
					return (token != null) ? go(counted, path, token, request, response, rest) : rest;
				}
			}
			return longWay.handle(request, response);
		};
	}

	private static boolean isPlain(HttpHeaders headers) {
		for (String name : SPECIAL) {
			if (headers.containsHeader(name)) {
				return false;
			}
		}
		return headers.getContentLength() <= 0;
	}

	private static @Nullable String token(ServerHttpRequest request) {
		boolean mayUseCookie = request.getMethod() == HttpMethod.GET;
		return (mayUseCookie || request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION))
				? SessionToken.of(request).orElse(null) : null;
	}

	/** Trouble is told by the long way, which runs into it too. */
	private Mono<Void> go(Counted counted, String path, String token, ServerHttpRequest request,
			ServerHttpResponse response, Mono<Void> longWay) {
		UUID member = remembered(token);
		if (member != null) {
			ShortWay.Answer atHand = counted.way().atHand(path, member).orElse(null);
			if (atHand != null) {
				counted.gone().increment();
				return give(atHand, request, response);
			}
		}
		return ((member != null) ? Mono.just(member) : found(token)).flatMap((id) -> counted.way().answer(path, id))
			// a timeout without a name looks for one in all operators before it
			.name("short way")
			.timeout(PATIENCE)
			.onErrorResume((error) -> {
				log.debug("the short way of {} ends", counted.way().name(), error);
				return Mono.empty();
			})
			.map((answer) -> {
				counted.gone().increment();
				return give(answer, request, response);
			})
			.defaultIfEmpty(longWay)
			.flatMap(Function.identity());
	}

	/** The member of a session that is known without asking anybody. */
	private @Nullable UUID remembered(String token) {
		for (SessionAuthenticator known : this.sessions) {
			if (known.remembered(token).orElse(null) instanceof CurrentMember member) {
				return member.boundMemberId();
			}
		}
		return null;
	}

	private Mono<UUID> found(String token) {
		return Flux.fromIterable(this.sessions)
			.concatMap((authenticator) -> authenticator.authenticate(token))
			.next()
			.ofType(CurrentMember.class)
			.mapNotNull(CurrentMember::boundMemberId);
	}

	private Mono<Void> give(ShortWay.Answer answer, ServerHttpRequest request, ServerHttpResponse response) {
		HttpHeaders headers = response.getHeaders();
		this.guard.forEach(headers::set);
		if ("https".equals(request.getURI().getScheme())) {
			headers.set("Strict-Transport-Security", SecurityConfiguration.STRICT_TRANSPORT);
		}
		headers.set(TraceId.HEADER, TraceId.of(request));
		if (answer.etag() != null) {
			headers.set(HttpHeaders.CACHE_CONTROL, "private, no-cache");
			headers.set(HttpHeaders.ETAG, answer.etag());
		}
		headers.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
		headers.setContentLength(answer.json().length);
		return response.writeWith(Mono.just(DefaultDataBufferFactory.sharedInstance.wrap(answer.json())));
	}

	private record Counted(ShortWay way, Counter gone) {

	}

}
