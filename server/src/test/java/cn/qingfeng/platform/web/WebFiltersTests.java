package cn.qingfeng.platform.web;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import cn.qingfeng.platform.reactor.LogContext;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

class WebFiltersTests {

	private final WebProperties properties = new WebProperties(Duration.ofSeconds(3), DataSize.ofKilobytes(1),
			DataSize.ofKilobytes(4), Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30));

	private final WebTestClient client = WebTestClient.bindToController(new ProbeController())
		.webFilter(new TraceFilter(), new DeadlineFilter(this.properties), new BodyLimitFilter(this.properties),
				new EtagFilter())
		.configureClient()
		.responseTimeout(Duration.ofSeconds(30))
		.build();

	@Test
	void everyAnswerCarriesATraceId() {
		this.client.get().uri("/api/thing").exchange().expectHeader().valueMatches(TraceId.HEADER, "[0-9a-f]{32}");
		this.client.get().uri("/nowhere").exchange().expectHeader().exists(TraceId.HEADER);
	}

	@Test
	void aHarmlessTraceIdIsKeptAndAnyOtherReplaced() {
		this.client.get()
			.uri("/api/thing")
			.header(TraceId.HEADER, "from-the-proxy-1")
			.exchange()
			.expectHeader()
			.valueEquals(TraceId.HEADER, "from-the-proxy-1");
		this.client.get()
			.uri("/api/thing")
			.header(TraceId.HEADER, "<script>alert(1)</script>")
			.exchange()
			.expectHeader()
			.valueMatches(TraceId.HEADER, "[0-9a-f]{32}");
	}

	@Test
	void aJsonAnswerHasAnEtagAndComesOnlyOnce() {
		HttpHeaders headers = this.client.get()
			.uri("/api/thing")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals(HttpHeaders.CACHE_CONTROL, "private, no-cache")
			.expectBody(String.class)
			.returnResult()
			.getResponseHeaders();

		this.client.get()
			.uri("/api/thing")
			.header(HttpHeaders.IF_NONE_MATCH, Objects.requireNonNull(headers.getETag()))
			.exchange()
			.expectStatus()
			.isNotModified()
			.expectBody()
			.isEmpty();
		this.client.get()
			.uri("/api/thing")
			.header(HttpHeaders.IF_NONE_MATCH, "\"other\"")
			.exchange()
			.expectStatus()
			.isOk();
	}

	@Test
	void theEtagOfAControllerIsKept() {
		this.client.get().uri("/api/versioned").exchange().expectHeader().valueEquals(HttpHeaders.ETAG, "\"7\"");
		this.client.get()
			.uri("/api/versioned")
			.header(HttpHeaders.IF_NONE_MATCH, "\"7\"")
			.exchange()
			.expectStatus()
			.isNotModified();
	}

	@Test
	void anEmptyAnswerHasNoEtag() {
		this.client.get()
			.uri("/api/empty")
			.exchange()
			.expectStatus()
			.isNoContent()
			.expectHeader()
			.doesNotExist(HttpHeaders.ETAG);
	}

	@Test
	void anAnnouncedBodyOverTheLimitIsRefused() {
		post("x".repeat(1025)).expectStatus().isEqualTo(HttpStatus.CONTENT_TOO_LARGE);
		post("x".repeat(1024)).expectStatus().isOk();
	}

	@Test
	void aBodyThatGrowsOverTheLimitIsRefused() {
		Flux<DataBuffer> chunks = Flux.range(0, 100)
			.map((i) -> DefaultDataBufferFactory.sharedInstance.wrap("x".repeat(100).getBytes()));
		this.client.post()
			.uri("/api/thing")
			.contentType(MediaType.TEXT_PLAIN)
			.body(chunks, DataBuffer.class)
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.CONTENT_TOO_LARGE);
	}

	@Test
	void anAnswerThatDoesNotComeIsGivenUp() {
		this.client.get().uri("/api/never").exchange().expectStatus().is5xxServerError();
	}

	@Test
	void theLogKnowsTheTraceId() {
		this.client.get()
			.uri("/api/logged")
			.header(TraceId.HEADER, "trace-of-mine")
			.exchange()
			.expectBody(String.class)
			.value((mdc) -> assertThat(mdc).isEqualTo("trace-of-mine then null"));
	}

	private WebTestClient.ResponseSpec post(String body) {
		return this.client.post().uri("/api/thing").contentType(MediaType.TEXT_PLAIN).bodyValue(body).exchange();
	}

	@RestController
	static class ProbeController {

		@GetMapping("/api/thing")
		Mono<Map<String, String>> thing() {
			return Mono.just(Map.of("name", "清风"));
		}

		@PostMapping("/api/thing")
		Mono<String> add(@RequestBody Mono<String> body) {
			return body.map((text) -> "" + text.length());
		}

		@GetMapping("/api/versioned")
		ResponseEntity<Map<String, String>> versioned() {
			return ResponseEntity.ok().eTag("7").body(Map.of("name", "清风"));
		}

		@GetMapping("/api/empty")
		ResponseEntity<Void> empty() {
			return ResponseEntity.noContent().build();
		}

		@GetMapping("/api/never")
		Mono<String> never() {
			return Mono.never();
		}

		@GetMapping("/api/logged")
		Mono<String> logged() {
			AtomicReference<String> said = new AtomicReference<>();
			return LogContext.line(() -> said.set(MDC.get(TraceId.KEY)))
				.then(Mono.fromSupplier(() -> said.get() + " then " + MDC.get(TraceId.KEY)));
		}

	}

}
