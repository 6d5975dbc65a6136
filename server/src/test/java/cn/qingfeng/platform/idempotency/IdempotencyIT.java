package cn.qingfeng.platform.idempotency;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.platform.problem.ConflictProblem;
import cn.qingfeng.platform.problem.InvalidRequestProblem;
import cn.qingfeng.platform.security.CurrentMember;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class IdempotencyIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final UUID ACCOUNT = UUID.randomUUID();

	@Autowired
	private Idempotency idempotency;

	@Autowired
	private IdempotencyKeys keys;

	@Autowired
	private DatabaseClient database;

	private final AtomicInteger runs = new AtomicInteger();

	private String key;

	@BeforeEach
	void newKey() {
		this.key = UUID.randomUUID().toString();
	}

	@Test
	void theSameKeyGivesTheSameAnswerAgain() {
		ResponseEntity<Thing> first = once("a").block(TIMEOUT);
		ResponseEntity<Thing> second = once("a").block(TIMEOUT);

		assertThat(second).isEqualTo(first);
		assertThat(first.getStatusCode().value()).isEqualTo(201);
		assertThat(first.getHeaders().getLocation()).isEqualTo(URI.create("/things/1"));
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void theSameKeyWithAnotherBodyIsAConflict() {
		once("a").block(TIMEOUT);

		once("b").as(StepVerifier::create).expectError(IdempotencyKeyReusedProblem.class).verify(TIMEOUT);
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void theKeyOfAnotherCallerIsAnotherKey() {
		once("a").block(TIMEOUT);
		once("a").contextWrite(as(UUID.randomUUID())).block(TIMEOUT);

		assertThat(this.runs).hasValue(2);
	}

	@Test
	void withoutAKeyTheWorkRunsEachTime() {
		for (int i = 0; i < 2; i++) {
			this.idempotency
				.once(MockServerWebExchange.from(MockServerHttpRequest.post("/things")), "a", Thing.class, work())
				.block(TIMEOUT);
		}
		assertThat(this.runs).hasValue(2);
	}

	@Test
	void workForABatchIsRememberedWithoutATransaction() {
		ResponseEntity<Thing> first = repeatable("a", work()).block(TIMEOUT);
		assertThat(repeatable("a", work()).block(TIMEOUT)).isEqualTo(first);
		assertThat(this.runs).hasValue(1);

		repeatable("b", work()).as(StepVerifier::create).expectError(IdempotencyKeyReusedProblem.class).verify(TIMEOUT);
	}

	@Test
	void failedWorkForABatchGivesItsKeyBack() {
		repeatable("a", Mono.error(ConflictProblem::new)).as(StepVerifier::create)
			.expectError(ConflictProblem.class)
			.verify(TIMEOUT);

		repeatable("b", work()).as(StepVerifier::create).expectNextCount(1).expectComplete().verify(TIMEOUT);
	}

	@Test
	void aStrangersKeyMeansNothing() {
		for (int i = 0; i < 2; i++) {
			exchange().flatMap((exchange) -> this.idempotency.once(exchange, "a", Thing.class, work())).block(TIMEOUT);
		}
		assertThat(this.runs).hasValue(2);
	}

	@Test
	void ofManyAtTheSameTimeOneWorksAndAllGetItsAnswer() {
		List<ResponseEntity<Thing>> answers = Flux.range(0, 20)
			.flatMap((i) -> once("a"), 20)
			.collectList()
			.block(TIMEOUT);

		assertThat(answers).hasSize(20).allMatch(answers.getFirst()::equals);
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void aFailedRequestLeavesNoKeyBehind() {
		exchange()
			.flatMap((exchange) -> this.idempotency.once(exchange, "a", Thing.class, Mono.error(ConflictProblem::new)))
			.contextWrite(as(ACCOUNT))
			.as(StepVerifier::create)
			.expectError(ConflictProblem.class)
			.verify(TIMEOUT);

		once("a").as(StepVerifier::create).expectNextCount(1).expectComplete().verify(TIMEOUT);
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void anEmptyOrEndlessKeyIsRefused() {
		this.key = "x".repeat(201);
		once("a").as(StepVerifier::create).expectError(InvalidRequestProblem.class).verify(TIMEOUT);
	}

	@Test
	void keysAreForgottenAfterADay() {
		once("a").block(TIMEOUT);
		this.database.sql("UPDATE idempotency_key SET created_at = now() - interval '25 hours' WHERE key = :key")
			.bind("key", this.key)
			.then()
			.block(TIMEOUT);

		this.keys.cleanUp().block(TIMEOUT);

		once("b").as(StepVerifier::create).expectNextCount(1).expectComplete().verify(TIMEOUT);
	}

	private Mono<ResponseEntity<Thing>> once(String body) {
		return exchange().flatMap((exchange) -> this.idempotency.once(exchange, body, Thing.class, work()))
			.contextWrite((context) -> context.putAll(as(ACCOUNT).putAll(context.readOnly()).readOnly()));
	}

	private Mono<ResponseEntity<Thing>> repeatable(String body, Mono<ResponseEntity<Thing>> work) {
		return exchange().flatMap((exchange) -> this.idempotency.repeatable(exchange, body, Thing.class, work))
			.contextWrite(as(ACCOUNT));
	}

	private Mono<ResponseEntity<Thing>> work() {
		return Mono.fromSupplier(() -> new Thing("thing " + this.runs.incrementAndGet(), 7))
			.map((thing) -> ResponseEntity.created(URI.create("/things/1")).body(thing));
	}

	private Mono<MockServerWebExchange> exchange() {
		return Mono.fromSupplier(() -> MockServerWebExchange
			.from(MockServerHttpRequest.post("/things").header(Idempotency.HEADER, this.key)));
	}

	private static Context as(UUID accountId) {
		return ReactiveSecurityContextHolder.withAuthentication(UsernamePasswordAuthenticationToken
			.authenticated(new CurrentMember(UUID.randomUUID(), accountId, null), null, List.of()));
	}

	record Thing(String name, int size) {

	}

}
