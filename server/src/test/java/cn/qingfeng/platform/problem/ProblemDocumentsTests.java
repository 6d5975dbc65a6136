package cn.qingfeng.platform.problem;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTimeoutException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.r2dbc.UncategorizedR2dbcException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.test.web.reactive.server.MockServerConfigurer;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemDocumentsTests {

	private final ProblemTexts texts = new ProblemTexts();

	private final JsonMapper json = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private final ProblemHandler handler = new ProblemHandler(new ProblemTranslation(new FieldErrors(this.texts)),
			this.texts, this.json, new SimpleMeterRegistry());

	private final WebTestClient client = WebTestClient.bindToController(new ProbeController())
		.httpMessageCodecs((codecs) -> codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(this.json)))
		.apply(new MockServerConfigurer() {
			@Override
			public void beforeServerCreated(WebHttpHandlerBuilder builder) {
				builder.exceptionHandlers((handlers) -> handlers.addFirst(ProblemDocumentsTests.this.handler));
			}
		})
		.configureClient()
		.responseTimeout(Duration.ofSeconds(30))
		.build();

	@Test
	void aProblemIsADocumentInChinese() {
		get("/fail/not-found").expectStatus()
			.isNotFound()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:not-found")
			.jsonPath("$.title")
			.isEqualTo("未找到")
			.jsonPath("$.status")
			.isEqualTo(404)
			.jsonPath("$.detail")
			.isNotEmpty()
			.jsonPath("$.traceId")
			.isNotEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			en                   | Not found
			en-GB,en;q=0.9       | Not found
			zh-CN,en;q=0.5       | 未找到
			fr,en;q=0.3          | Not found
			fr                   | 未找到
			;;nonsense           | 未找到
			""")
	void theTextIsInTheLanguageThatTheClientPrefers(String language, String title) {
		this.client.get()
			.uri("/fail/not-found")
			.header(HttpHeaders.ACCEPT_LANGUAGE, language)
			.exchange()
			.expectBody()
			.jsonPath("$.title")
			.isEqualTo(title);
	}

	@ParameterizedTest
	@CsvSource({ "stale, 409, stale-version", "duplicate, 409, duplicate", "unique, 409, duplicate",
			"denied, 403, forbidden", "unauthenticated, 401, unauthenticated", "timeout, 503, unavailable",
			"no-connection, 503, unavailable", "no-transaction, 503, unavailable",
			"statement-timeout, 503, unavailable", "too-large, 413, too-large", "defect, 500, internal" })
	void whatIsThrownIsTranslated(String failure, int status, String name) {
		byte[] body = get("/fail/" + failure).expectStatus()
			.isEqualTo(status)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:" + name)
			.returnResult()
			.getResponseBody();

		assertThat(new String(body)).doesNotContain("secret", "Exception", "select", "\tat ");
	}

	@Test
	void anUnavailableServiceSaysWhenToComeBack() {
		get("/fail/no-connection").expectHeader().valueEquals(HttpHeaders.RETRY_AFTER, "2");
	}

	@Test
	void aWrongFieldIsNamedInChinese() {
		post("{\"name\":\"\",\"age\":300}").expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:invalid-request")
			.jsonPath("$.errors.length()")
			.isEqualTo(2)
			.jsonPath("$.errors[?(@.field=='name')].message")
			.isEqualTo("不能为空")
			.jsonPath("$.errors[?(@.field=='age')].message")
			.isEqualTo("最大不能超过200");
	}

	@Test
	void anUnknownFieldIsRefusedByName() {
		post("{\"name\":\"a\",\"age\":1,\"nick\":\"b\"}").expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("nick")
			.jsonPath("$.errors[0].message")
			.isEqualTo("不认识的字段");
	}

	@Test
	void aFieldOfTheWrongTypeIsNamed() {
		post("{\"name\":\"a\",\"age\":\"old\"}").expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("age");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"name":
			nonsense
			{"name":"a" "b"}
			""")
	void aBodyThatIsNoJsonIsABadRequest(String body) {
		post(body).expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:unreadable-request");
	}

	@Test
	void noBodyIsABadRequest() {
		this.client.post()
			.uri("/things")
			.contentType(MediaType.APPLICATION_JSON)
			.exchange()
			.expectStatus()
			.isBadRequest();
	}

	@Test
	void aMalformedIdIsNotFound() {
		get("/things/not-a-uuid").expectStatus().isNotFound();
	}

	@Test
	void aMalformedParameterIsNamed() {
		get("/things?limit=many").expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("limit");
		get("/things?limit=500").expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("limit");
	}

	@Test
	void theFrameworksOwnRefusalsAreProblemsToo() {
		get("/nowhere").expectStatus().isNotFound().expectBody().jsonPath("$.title").isEqualTo("未找到");
		this.client.delete()
			.uri("/things")
			.exchange()
			.expectStatus()
			.isEqualTo(405)
			.expectHeader()
			.exists(HttpHeaders.ALLOW)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:method-not-allowed");
		this.client.post()
			.uri("/things")
			.contentType(MediaType.TEXT_PLAIN)
			.bodyValue("a")
			.exchange()
			.expectStatus()
			.isEqualTo(415)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:unsupported-media-type");
	}

	private WebTestClient.ResponseSpec get(String path) {
		return this.client.get().uri(path).header(HttpHeaders.ACCEPT_LANGUAGE, "zh-CN").exchange();
	}

	private WebTestClient.ResponseSpec post(String body) {
		return this.client.post()
			.uri("/things")
			.header(HttpHeaders.ACCEPT_LANGUAGE, "zh-CN")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange();
	}

	record Thing(@NotBlank String name, @Max(200) int age) {

	}

	@RestController
	static class ProbeController {

		@GetMapping("/fail/{failure}")
		Mono<String> fail(@PathVariable String failure) {
			return Mono.error(() -> failure(failure));
		}

		@PostMapping("/things")
		Mono<String> add(@Valid @RequestBody Mono<Thing> thing) {
			return thing.map(Thing::name);
		}

		@GetMapping("/things")
		Mono<String> list(@RequestParam(defaultValue = "1") @Max(100) int limit) {
			return Mono.just("" + limit);
		}

		@GetMapping("/things/{id}")
		Mono<String> read(@PathVariable UUID id) {
			return Mono.just(id.toString());
		}

		private static Throwable failure(String name) {
			return switch (name) {
				case "not-found" -> new NotFoundProblem();
				case "stale" -> new OptimisticLockingFailureException("secret");
				case "duplicate" -> new DuplicateKeyException("secret");
				case "unique" -> new UncategorizedR2dbcException("secret", "select secret",
						new R2dbcDataIntegrityViolationException("secret", "23505"));
				case "denied" -> new AccessDeniedException("secret");
				case "unauthenticated" -> new BadCredentialsException("secret");
				case "timeout" -> new TimeoutException("secret");
				case "no-connection" ->
					new DataAccessResourceFailureException("secret", new R2dbcNonTransientResourceException("secret"));
				case "no-transaction" -> new CannotCreateTransactionException("secret", new R2dbcTimeoutException());
				case "statement-timeout" -> new UncategorizedR2dbcException("secret", "select secret",
						new R2dbcTimeoutException("secret", "57014"));
				case "too-large" -> new IllegalStateException(new DataBufferLimitException("secret"));
				default -> new IllegalStateException("secret");
			};
		}

	}

}
