package cn.qingfeng.wechat.gateway;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

class LeasesTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final AtomicLong left = new AtomicLong(1_000);

	private final AtomicInteger asked = new AtomicInteger();

	private final AtomicInteger atOnce = new AtomicInteger();

	private final AtomicInteger mostAtOnce = new AtomicInteger();

	private final Leases<String> leases = new Leases<>((period) -> Mono.delay(Duration.ofMillis(1)).map(this::block));

	@Test
	void manyThreadsGetExactlyWhatThereIsAndAskOneAtATime() {
		assertThat(taken("today", 3_000)).isEqualTo(1_000);
		assertThat(this.mostAtOnce).hasValue(1);
		assertThat(this.asked).hasValue(101);
	}

	@Test
	void whatIsUsedUpIsNotAskedForAgainUntilThePeriodEnds() {
		this.left.set(5);
		assertThat(taken("today", 10)).isEqualTo(5);
		int before = this.asked.get();
		assertThat(taken("today", 10)).isZero();
		assertThat(this.asked).hasValue(before);
		this.left.set(5);
		assertThat(taken("tomorrow", 10)).isEqualTo(5);
	}

	@Test
	void aFailureIsToldAndTheNextCallerAsksAgain() {
		Leases<String> failing = new Leases<>((period) -> (this.asked.incrementAndGet() == 1)
				? Mono.error(new IllegalStateException("away")) : Mono.just(1L));
		assertThat(failing.take("today").onErrorReturn(false).block(TIMEOUT)).isFalse();
		assertThat(failing.take("today").block(TIMEOUT)).isTrue();
	}

	private long taken(String period, int times) {
		return Flux.range(0, times)
			.flatMap((i) -> this.leases.take(period).subscribeOn(Schedulers.parallel()), times)
			.filter((taken) -> taken)
			.count()
			.block(TIMEOUT);
	}

	private long block(long tick) {
		this.mostAtOnce.accumulateAndGet(this.atOnce.incrementAndGet(), Math::max);
		this.asked.incrementAndGet();
		long granted = Math.min(10, this.left.get());
		this.left.addAndGet(-granted);
		this.atOnce.decrementAndGet();
		return granted;
	}

}
