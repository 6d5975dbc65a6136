package cn.qingfeng.platform.reactor;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

class BackgroundLoopsTests {

	private static final Duration NEVER = Duration.ofHours(1);

	private final BackgroundLoops loops = new BackgroundLoops();

	private final AtomicInteger steps = new AtomicInteger();

	@AfterEach
	void stop() {
		this.loops.stop();
	}

	@Test
	void aLoopWaitsForTheContext() {
		this.loops.start("test", NEVER, this::lastStep);
		assertThat(this.steps).hasValue(0);

		this.loops.start();
		awaitSteps(1);
	}

	@Test
	void aStepWithMoreWorkIsFollowedAtOnce() {
		this.loops.start();
		this.loops.start("test", NEVER, () -> Mono.fromSupplier(() -> this.steps.incrementAndGet() < 1_000));

		awaitSteps(1_000);
	}

	@Test
	void wakingEndsThePause() {
		this.loops.start();
		Loop loop = this.loops.start("test", NEVER, this::lastStep);
		awaitSteps(1);

		loop.wake();
		awaitSteps(2);
	}

	@Test
	void wakingDuringAStepIsNotLost() {
		AtomicBoolean first = new AtomicBoolean(true);
		this.loops.start();
		Loop[] loop = new Loop[1];
		loop[0] = this.loops.start("test", NEVER,
				() -> Mono.delay(Duration.ofMillis(200)).then(Mono.fromSupplier(() -> {
					if (first.getAndSet(false)) {
						loop[0].wake();
					}
					this.steps.incrementAndGet();
					return false;
				})));

		awaitSteps(2);
	}

	@Test
	void aFailingStepDoesNotEndTheLoop() {
		this.loops.start();
		this.loops.start("test", Duration.ofMillis(1), () -> (this.steps.incrementAndGet() < 2)
				? Mono.error(new IllegalArgumentException("as the test wants")) : Mono.just(false));

		awaitSteps(3);
	}

	@Test
	void stoppingLetsTheStepEndAndBeginsNone() {
		AtomicBoolean ended = new AtomicBoolean();
		this.loops.start();
		this.loops.start("test", Duration.ofMillis(1),
				() -> Mono.fromRunnable(this.steps::incrementAndGet)
					.then(Mono.delay(Duration.ofMillis(300)))
					.then(Mono.fromSupplier(() -> {
						ended.set(true);
						return true;
					})));
		awaitSteps(1);

		AtomicBoolean stopped = new AtomicBoolean();
		this.loops.stop(() -> stopped.set(ended.get()));

		Awaitility.await().until(stopped::get);
		assertThat(this.steps).hasValue(1);
	}

	private Mono<Boolean> lastStep() {
		return Mono.fromSupplier(() -> {
			this.steps.incrementAndGet();
			return false;
		});
	}

	private void awaitSteps(int count) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> this.steps.get() >= count);
	}

}
