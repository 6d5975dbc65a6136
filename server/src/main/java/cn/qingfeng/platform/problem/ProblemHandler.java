package cn.qingfeng.platform.problem;

import java.util.LinkedHashMap;
import java.util.Map;

import cn.qingfeng.platform.reactor.LogContext;
import cn.qingfeng.platform.web.TraceId;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

/**
 * Every error leaves as a problem document, also those of routing, of filters and of
 * security, which a controller advice never sees. Only defects and outages are logged
 * with their trace; the client reads neither.
 */
@Component
@Order(-10)
public class ProblemHandler implements WebExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

	private final ProblemTranslation translation;

	private final ProblemTexts texts;

	private final JsonMapper json;

	private final MeterRegistry meters;

	ProblemHandler(ProblemTranslation translation, ProblemTexts texts, JsonMapper json, MeterRegistry meters) {
		this.translation = translation;
		this.texts = texts;
		this.json = json;
		this.meters = meters;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
		ServerHttpResponse response = exchange.getResponse();
		if (response.isCommitted()) {
			return Mono.error(error);
		}
		String language = ProblemTexts.language(exchange.getRequest().getHeaders());
		Problem problem = this.translation.translate(error, language);
		LogContext.write(LogContext.trace(TraceId.of(exchange)).apply(Context.empty()),
				() -> report(exchange, problem, error));
		response.setStatusCode(problem.status());
		writeHeaders(response.getHeaders(), problem, error);
		return response
			.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(document(exchange, problem, language))));
	}

	private void writeHeaders(HttpHeaders headers, Problem problem, Throwable error) {
		headers.remove(HttpHeaders.CONTENT_LENGTH);
		headers.remove(HttpHeaders.ETAG);
		headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
		if (problem.members().get(Problem.RETRY_AFTER) instanceof Number seconds) {
			headers.set(HttpHeaders.RETRY_AFTER, seconds.toString());
		}
		if (problem.status() == HttpStatus.UNAUTHORIZED) {
			headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		}
		if (error instanceof MethodNotAllowedException method) {
			headers.setAllow(method.getSupportedMethods());
		}
	}

	private byte[] document(ServerWebExchange exchange, Problem problem, String language) {
		Map<String, Object> document = new LinkedHashMap<>();
		document.put("type", "urn:qingfeng:problem:" + problem.name());
		document.put("title", this.texts.title(language, problem));
		document.put("status", problem.status().value());
		document.put("detail", this.texts.detail(language, problem));
		document.put("traceId", TraceId.of(exchange));
		document.putAll(problem.members());
		return this.json.writeValueAsBytes(document);
	}

	private void report(ServerWebExchange exchange, Problem problem, Throwable error) {
		this.meters.counter("qingfeng.problems", "name", problem.name()).increment();
		if (problem.status() == HttpStatus.INTERNAL_SERVER_ERROR) {
			log.error("{} {} failed", exchange.getRequest().getMethod(), exchange.getRequest().getPath(), error);
		}
		else if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE) {
			log.warn("{} {} could not be served: {}", exchange.getRequest().getMethod(),
					exchange.getRequest().getPath(), error.toString());
		}
	}

}
