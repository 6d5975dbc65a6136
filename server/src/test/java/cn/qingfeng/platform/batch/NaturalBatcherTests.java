package cn.qingfeng.platform.batch;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class NaturalBatcherTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final Queue<List<Integer>> batches = new ConcurrentLinkedQueue<>();

	@Test
	void aLoneCallerWaitsForNobody() {
		batcher(1, 10, this::doubled).submit(21)
			.as(StepVerifier::create)
			.expectNext(42)
			.expectComplete()
			.verify(TIMEOUT);

		assertThat(this.batches).containsExactly(List.of(21));
	}

	@Test
	void whatQueuesMeanwhileGoesTogether() {
		Sinks.Empty<Void> gate = Sinks.empty();
		NaturalBatcher<Integer, Integer> batcher = batcher(1, 100, (rows) -> gate.asMono().then(doubled(rows)));

		Flux<Integer> answers = Flux.range(0, 50).flatMapSequential(batcher::submit, 50);
		StepVerifier.create(answers)
			.then(gate::tryEmitEmpty)
			.expectNextSequence(IntStream.range(0, 50).map((i) -> 2 * i).boxed().toList())
			.expectComplete()
			.verify(TIMEOUT);

		assertThat(this.batches).hasSize(2);
		assertThat(this.batches.peek()).containsExactly(0);
	}

	@Test
	void aBadRowFailsAlone() {
		Sinks.Empty<Void> gate = Sinks.empty();
		NaturalBatcher<Integer, Integer> batcher = batcher(1, 100,
				(rows) -> gate.asMono().then(rows.contains(13) ? Mono.error(new BadRowException()) : doubled(rows)));

		Flux<Integer> answers = Flux.range(0, 30)
			.flatMapSequential((row) -> batcher.submit(row).onErrorReturn(BadRowException.class, -1), 30);
		StepVerifier.create(answers.collectList())
			.then(gate::tryEmitEmpty)
			.expectNext(IntStream.range(0, 30).map((i) -> (i == 13) ? -1 : 2 * i).boxed().toList())
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void anErrorOfTheWholeIsNotTriedRowByRow() {
		AtomicInteger runs = new AtomicInteger();
		Sinks.Empty<Void> gate = Sinks.empty();
		NaturalBatcher<Integer, Integer> batcher = batcher(1, 100,
				(rows) -> gate.asMono()
					.then(Mono.fromCallable(runs::incrementAndGet))
					.then(Mono.error(new R2dbcNonTransientResourceException("gone"))));

		Flux<Integer> answers = Flux.range(0, 30)
			.flatMap((row) -> batcher.submit(row).onErrorReturn(R2dbcNonTransientResourceException.class, -1), 30);
		StepVerifier.create(answers.count()).then(gate::tryEmitEmpty).expectNext(30L).expectComplete().verify(TIMEOUT);

		assertThat(runs).hasValue(2);
	}

	@Test
	void nobodyIsAnsweredBeforeTheirRowIsDurable() {
		Sinks.Empty<Void> commit = Sinks.empty();
		NaturalBatcher<Integer, Integer> batcher = batcher(1, 10,
				(rows) -> doubled(rows).delayUntil((answers) -> commit.asMono()));

		StepVerifier.create(batcher.submit(1))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(200))
			.then(commit::tryEmitEmpty)
			.expectNext(2)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void aCallerThatHangsUpChangesNothing() {
		Sinks.Empty<Void> gate = Sinks.empty();
		NaturalBatcher<Integer, Integer> batcher = batcher(1, 10, (rows) -> gate.asMono().then(doubled(rows)));
		StepVerifier.create(batcher.submit(1)).expectSubscription().thenCancel().verify(TIMEOUT);
		Disposable second = batcher.submit(2).subscribe();

		StepVerifier.create(batcher.submit(3))
			.then(second::dispose)
			.then(gate::tryEmitEmpty)
			.expectNext(6)
			.expectComplete()
			.verify(TIMEOUT);

		assertThat(this.batches).containsExactly(List.of(1), List.of(2, 3));
	}

	@Test
	void noMoreBatchesThanLanesAreInFlight() {
		AtomicInteger inFlight = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		NaturalBatcher<Integer, Integer> batcher = batcher(3, 5,
				(rows) -> Mono.fromRunnable(() -> most.accumulateAndGet(inFlight.incrementAndGet(), Math::max))
					.then(Mono.delay(Duration.ofMillis(2)))
					.then(doubled(rows))
					.doOnNext((answers) -> inFlight.decrementAndGet()));

		Flux.range(0, 2_000)
			.flatMap(batcher::submit, 256)
			.as(StepVerifier::create)
			.expectNextCount(2_000)
			.expectComplete()
			.verify(TIMEOUT);

		assertThat(most.get()).isBetween(1, 3);
		assertThat(this.batches).allSatisfy((batch) -> assertThat(batch).hasSizeLessThanOrEqualTo(5));
	}

	@Test
	void aBatchThatNeverEndsFreesItsLane() {
		StepVerifier.withVirtualTime(() -> {
			NaturalBatcher<Integer, Integer> batcher = batcher(1, 10,
					(rows) -> rows.contains(1) ? Mono.never() : doubled(rows));
			return batcher.submit(1).onErrorResume(TimeoutException.class, (error) -> batcher.submit(2));
		}).thenAwait(Duration.ofSeconds(20)).expectNext(4).expectComplete().verify(TIMEOUT);
	}

	@Test
	void aBatchThatAnswersTooFewIsADefectForAll() {
		batcher(1, 10, (rows) -> Mono.just(List.of())).submit(1)
			.as(StepVerifier::create)
			.expectError(IllegalStateException.class)
			.verify(TIMEOUT);
	}

	private Mono<List<Integer>> doubled(List<Integer> rows) {
		return Mono.fromSupplier(() -> {
			this.batches.add(rows);
			return rows.stream().map((row) -> 2 * row).toList();
		});
	}

	private NaturalBatcher<Integer, Integer> batcher(int lanes, int maxBatch,
			Function<List<Integer>, Mono<List<Integer>>> run) {
		return new NaturalBatcher<>("test", lanes, maxBatch, run, new SimpleMeterRegistry());
	}

	private static final class BadRowException extends RuntimeException {

	}

}
