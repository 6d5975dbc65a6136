package cn.qingfeng.platform.security;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import cn.qingfeng.platform.web.TraceId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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
 * Gives ready answers before any filter and route, which together take several times as
 * long as the answer. Only to members whose session this node knows at the moment; every
 * doubt, and every request with a condition, goes the long way to the same answer.
 */
@Component
class ReadyAnswers implements HttpHandlerDecoratorFactory {

	private static final List<String> CONDITIONS = List.of(HttpHeaders.IF_NONE_MATCH, HttpHeaders.IF_MATCH,
			HttpHeaders.IF_MODIFIED_SINCE, HttpHeaders.IF_UNMODIFIED_SINCE, HttpHeaders.RANGE, HttpHeaders.ORIGIN);

	/** Looked up when the first request comes: they need beans that need the server. */
	private final Supplier<List<ReadyAnswer>> answers;

	private final Supplier<List<SessionAuthenticator>> sessions;

	private final HttpHeaders guard;

	private final Counter given;

	ReadyAnswers(ObjectProvider<ReadyAnswer> answers, ObjectProvider<SessionAuthenticator> authenticators,
			SecurityProperties properties, MeterRegistry meters) {
		this.answers = SingletonSupplier.of(() -> answers.orderedStream().toList());
		this.sessions = SingletonSupplier.of(() -> authenticators.orderedStream()
			.filter((authenticator) -> authenticator.realm() == Realm.MEMBER)
			.toList());
		this.guard = SecurityConfiguration.guard(properties);
		this.given = meters.counter("qingfeng.ready.answers");
	}

	@Override
	public HttpHandler apply(HttpHandler rest) {
		return (request, response) -> find(request).map((body) -> give(body, request, response))
			.orElseGet(() -> rest.handle(request, response));
	}

	private Optional<ReadyAnswer.Body> find(ServerHttpRequest request) {
		String path = request.getPath().pathWithinApplication().value();
		for (ReadyAnswer answer : this.answers.get()) {
			if (answer.isFor(path) && isPlain(request)) {
				return member(request).flatMap((member) -> answer.find(path, member));
			}
		}
		return Optional.empty();
	}

	private static boolean isPlain(ServerHttpRequest request) {
		return request.getMethod() == HttpMethod.GET
				&& CONDITIONS.stream().noneMatch((condition) -> request.getHeaders().containsHeader(condition));
	}

	private Optional<CurrentMember> member(ServerHttpRequest request) {
		return SessionToken.of(request)
			.flatMap((token) -> this.sessions.get().stream().flatMap((known) -> remembered(known, token)).findFirst())
			.filter((member) -> member.boundMemberId() != null);
	}

	private static Stream<CurrentMember> remembered(SessionAuthenticator sessions, String token) {
		return sessions.remembered(token)
			.filter(CurrentMember.class::isInstance)
			.map(CurrentMember.class::cast)
			.stream();
	}

	private Mono<Void> give(ReadyAnswer.Body body, ServerHttpRequest request, ServerHttpResponse response) {
		this.given.increment();
		HttpHeaders headers = response.getHeaders();
		headers.putAll(this.guard);
		if ("https".equals(request.getURI().getScheme())) {
			headers.set("Strict-Transport-Security", SecurityConfiguration.STRICT_TRANSPORT);
		}
		headers.set(TraceId.HEADER, TraceId.of(request));
		headers.set(HttpHeaders.CACHE_CONTROL, "private, no-cache");
		headers.set(HttpHeaders.ETAG, body.etag());
		headers.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
		headers.setContentLength(body.json().length);
		return response.writeWith(Mono.just(DefaultDataBufferFactory.sharedInstance.wrap(body.json())));
	}

}
