package cn.qingfeng.platform.security;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import cn.qingfeng.platform.web.TraceId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Lets the requests of a rush go their {@link ShortWay}, for filters and routes together
 * take several times as long as their answers. Only for members whose session this node
 * knows at the moment; every doubt, every trouble, and every request with a body, a
 * condition or a session in a cookie that wants to change something goes the long way.
 */
@Component
class ShortWays implements HttpHandlerDecoratorFactory {

	private static final List<String> SPECIAL = List.of(HttpHeaders.IF_NONE_MATCH, HttpHeaders.IF_MATCH,
			HttpHeaders.IF_MODIFIED_SINCE, HttpHeaders.IF_UNMODIFIED_SINCE, HttpHeaders.RANGE, HttpHeaders.ORIGIN,
			HttpHeaders.TRANSFER_ENCODING);

	private static final Logger log = LoggerFactory.getLogger(ShortWays.class);

	/** Looked up when the first request comes: they need beans that need the server. */
	private final Supplier<List<ShortWay>> ways;

	private final Supplier<List<SessionAuthenticator>> sessions;

	private final HttpHeaders guard;

	private final Supplier<Map<ShortWay, Counter>> gone;

	ShortWays(ObjectProvider<ShortWay> ways, ObjectProvider<SessionAuthenticator> authenticators,
			SecurityProperties properties, MeterRegistry meters) {
		this.ways = SingletonSupplier.of(() -> ways.orderedStream().toList());
		this.sessions = SingletonSupplier.of(() -> authenticators.orderedStream()
			.filter((authenticator) -> authenticator.realm() == Realm.MEMBER)
			.toList());
		this.guard = SecurityConfiguration.guard(properties);
		this.gone = SingletonSupplier.of(() -> this.ways.get()
			.stream()
			.collect(Collectors.toMap(Function.identity(),
					(way) -> meters.counter("qingfeng.short.way", "way", way.name()))));
	}

	@Override
	public HttpHandler apply(HttpHandler longWay) {
		return (request, response) -> find(request).map((way) -> answer(way, request).map((answer) -> {
			Objects.requireNonNull(this.gone.get().get(way)).increment();
			return give(answer, request, response);
		}).defaultIfEmpty(Mono.defer(() -> longWay.handle(request, response))).flatMap(Function.identity()))
			.orElseGet(() -> longWay.handle(request, response));
	}

	private Optional<ShortWay> find(ServerHttpRequest request) {
		String path = path(request);
		for (ShortWay way : this.ways.get()) {
			if (way.isFor(request.getMethod(), path)) {
				return Optional.of(way).filter((found) -> isPlain(request.getHeaders()));
			}
		}
		return Optional.empty();
	}

	private static boolean isPlain(HttpHeaders headers) {
		return headers.getContentLength() <= 0 && SPECIAL.stream().noneMatch(headers::containsHeader);
	}

	/** Trouble is told by the long way, which runs into it too. */
	private Mono<ShortWay.Answer> answer(ShortWay way, ServerHttpRequest request) {
		return member(request).map((member) -> way.answer(path(request), member).onErrorResume((error) -> {
			log.debug("the short way of {} ends", way.name(), error);
			return Mono.empty();
		})).orElse(Mono.empty());
	}

	private Optional<UUID> member(ServerHttpRequest request) {
		boolean mayUseCookie = request.getMethod() == HttpMethod.GET;
		return SessionToken.of(request)
			.filter((token) -> mayUseCookie || request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION))
			.flatMap((token) -> this.sessions.get().stream().flatMap((known) -> remembered(known, token)).findFirst())
			.map(CurrentMember::boundMemberId);
	}

	private static Stream<CurrentMember> remembered(SessionAuthenticator sessions, String token) {
		return sessions.remembered(token)
			.filter(CurrentMember.class::isInstance)
			.map(CurrentMember.class::cast)
			.stream();
	}

	private Mono<Void> give(ShortWay.Answer answer, ServerHttpRequest request, ServerHttpResponse response) {
		HttpHeaders headers = response.getHeaders();
		headers.putAll(this.guard);
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

	private static String path(ServerHttpRequest request) {
		return request.getPath().pathWithinApplication().value();
	}

}
