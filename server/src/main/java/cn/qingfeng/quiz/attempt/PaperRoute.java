package cn.qingfeng.quiz.attempt;

import java.util.UUID;

import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.security.CurrentMember;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The long way to a paper, for conditional requests and sessions that this node does not
 * know yet: found before all annotated methods, answered with bytes that are ready.
 */
@Configuration(proxyBeanMethods = false)
class PaperRoute {

	private final Sheets sheets;

	PaperRoute(Sheets sheets) {
		this.sheets = sheets;
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	RouterFunction<ServerResponse> papers() {
		return RouterFunctions.route().GET("/api/v1/attempts/{id}/paper", this::paper).build();
	}

	private Mono<ServerResponse> paper(ServerRequest request) {
		UUID attemptId = id(request.pathVariable("id"));
		return CurrentMember.memberId()
			.flatMap((member) -> this.sheets.own(attemptId, member))
			.flatMap((sheet) -> answer(sheet.prepared()));
	}

	private static Mono<ServerResponse> answer(PreparedPaper paper) {
		DataBuffer body = DefaultDataBufferFactory.sharedInstance.wrap(paper.json());
		return ServerResponse.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.contentLength(paper.json().length)
			.eTag(paper.etag())
			.body(BodyInserters.fromDataBuffers(Mono.just(body)));
	}

	private static UUID id(String text) {
		try {
			return UUID.fromString(text);
		}
		catch (IllegalArgumentException ex) {
			throw new NotFoundProblem();
		}
	}

}
