package cn.qingfeng.platform.limit;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestMembers;
import cn.qingfeng.TestSessions;
import cn.qingfeng.platform.problem.TooManyRequestsProblem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class RatesIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Rate RATE = Rate.parse("5/1m");

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TestMembers members;

	@Autowired
	private Rates rates;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private TestClock clock;

	private final String bucket = "rate " + UUID.randomUUID();

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void manyAtOnceOnTwoNodesGetNoMoreThanOneAfterTheOther() {
		Rates otherNode = new Rates(this.database, this.clock);
		Long let = Flux.range(0, 60)
			.flatMap((i) -> ((i % 2 == 0) ? this.rates : otherNode).take(this.bucket, RATE)
				.thenReturn(true)
				.onErrorReturn(TooManyRequestsProblem.class, false), 20)
			.filter((taken) -> taken)
			.count()
			.block(TIMEOUT);
		assertThat(let).isEqualTo(5);
	}

	@Test
	void aWindowEndsAndTheAnswerSaidWhen() {
		Flux.range(0, 5).concatMap((i) -> this.rates.take(this.bucket, RATE)).then().block(TIMEOUT);
		this.rates.take(this.bucket, RATE)
			.as(StepVerifier::create)
			.expectError(TooManyRequestsProblem.class)
			.verify(TIMEOUT);
		this.clock.advance(Duration.ofSeconds(61));
		this.rates.take(this.bucket, RATE).as(StepVerifier::create).expectComplete().verify(TIMEOUT);
	}

	@Test
	void whatNobodyCountsAnyMoreIsForgotten() {
		this.rates.take(this.bucket, RATE).block(TIMEOUT);
		this.clock.advance(Duration.ofDays(2));
		Flux.range(0, 10).concatMap((i) -> this.rates.take(this.bucket + i, RATE)).then().block(TIMEOUT);
		Long left = this.database.sql("SELECT count(*) FROM rate WHERE bucket = :bucket")
			.bind("bucket", Guesses.digest(this.bucket))
			.mapValue(Long.class)
			.one()
			.block(TIMEOUT);
		assertThat(left).isZero();
	}

	@Test
	void whoAsksTooOftenIsToldWhenToComeBackAndNobodyElseIs() {
		Consumer<HttpHeaders> member = member();
		List<Integer> answers = Objects.requireNonNull(Flux.range(0, 14)
			.flatMap((i) -> Mono.fromCallable(() -> copy(member).expectBody().returnResult().getStatus().value())
				.subscribeOn(Schedulers.boundedElastic()), 7)
			.collectList()
			.block(TIMEOUT));
		assertThat(answers).filteredOn((status) -> status == 200).hasSize(10);
		copy(member).expectStatus()
			.isEqualTo(429)
			.expectHeader()
			.exists(HttpHeaders.RETRY_AFTER)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:too-many-requests");
		copy(member()).expectStatus().isOk();
	}

	private Consumer<HttpHeaders> member() {
		return this.sessions.member(UUID.randomUUID(), this.members.add("勤快人").id());
	}

	private WebTestClient.ResponseSpec copy(Consumer<HttpHeaders> member) {
		return this.client.get().uri("/api/v1/me/export").headers(member).exchange();
	}

}
