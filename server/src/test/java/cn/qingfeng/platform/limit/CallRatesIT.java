package cn.qingfeng.platform.limit;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.platform.problem.Problem;
import cn.qingfeng.platform.problem.TooManyRequestsProblem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@QingfengIT
class CallRatesIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final RateLimit TEN = new RateLimit(10, Duration.ofHours(1));

	@Autowired
	private DatabaseClient database;

	private final String bucket = "test|" + UUID.randomUUID();

	private final AtomicInteger done = new AtomicInteger();

	private List<CallRates> nodes = List.of();

	@BeforeEach
	void twoNodes() {
		this.nodes = List.of(new CallRates(this.database, new SimpleMeterRegistry()),
				new CallRates(this.database, new SimpleMeterRegistry()));
	}

	@Test
	void noMoreThanTheLimitPassesHoweverManyComeAtOnce() {
		List<Boolean> passed = Flux.range(0, 60)
			.flatMap((i) -> call(this.nodes.get(i % 2), this.bucket, TEN), 60)
			.collectList()
			.block(TIMEOUT);
		assertThat(passed).hasSize(60).filteredOn((each) -> each).hasSize(10);
		assertThat(this.done).hasValue(10);
	}

	@Test
	void oneCallerDoesNotUseUpWhatAnotherMay() {
		Flux.range(0, 20).concatMap((i) -> call(this.nodes.getFirst(), this.bucket, TEN)).blockLast(TIMEOUT);
		assertThat(call(this.nodes.getFirst(), this.bucket + "other", TEN).block(TIMEOUT)).isTrue();
	}

	@Test
	void whoIsRefusedIsToldWhenToComeBack() {
		RateLimit one = new RateLimit(1, Duration.ofMinutes(1));
		CallRates node = this.nodes.getFirst();
		node.limited(this.bucket, one, Mono.just(1)).block(TIMEOUT);
		assertThatExceptionOfType(TooManyRequestsProblem.class)
			.isThrownBy(() -> node.limited(this.bucket, one, Mono.just(1)).block(TIMEOUT))
			.satisfies((problem) -> assertThat((Long) problem.members().get(Problem.RETRY_AFTER)).isBetween(1L, 60L));
	}

	@Test
	void aNewWindowBeginsWhenTheOldOneHasEnded() {
		RateLimit brief = new RateLimit(1, Duration.ofMillis(1));
		assertThat(call(this.nodes.getFirst(), this.bucket, brief).block(TIMEOUT)).isTrue();
		assertThat(
				call(this.nodes.getLast(), this.bucket, brief).delaySubscription(Duration.ofMillis(20)).block(TIMEOUT))
			.isTrue();
	}

	private Mono<Boolean> call(CallRates node, String what, RateLimit limit) {
		return node.limited(what, limit, Mono.fromCallable(this.done::incrementAndGet))
			.map((number) -> true)
			.onErrorReturn(TooManyRequestsProblem.class, false);
	}

}
