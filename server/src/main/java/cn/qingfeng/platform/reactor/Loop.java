package cn.qingfeng.platform.reactor;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One background loop: step, and again at once while there is work, else after a pause or
 * a call of {@link #wake()}. A failing step is logged and followed by a growing pause; it
 * never ends the loop.
 */
public final class Loop {

	/**
	 * A step that shows no end by then is given up: its lease or lock will free its work.
	 */
	private static final Duration STEP_LIMIT = Duration.ofMinutes(2);

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

	private static final Logger log = LoggerFactory.getLogger(Loop.class);

	private final String name;

	private final Duration idlePause;

	private final Supplier<Mono<Boolean>> step;

	private final AtomicBoolean woken = new AtomicBoolean();

	private final AtomicReference<Sinks.Empty<Void>> bell = new AtomicReference<>(Sinks.empty());

	private volatile boolean running;

	private int failures;

	private CompletableFuture<@Nullable Void> run = CompletableFuture.completedFuture(null);

	Loop(String name, Duration idlePause, Supplier<Mono<Boolean>> step) {
		this.name = name;
		this.idlePause = idlePause;
		this.step = step;
	}

	/**
	 * Ends the current pause, or makes the step that runs now be followed by another.
	 * Cheap and safe from any thread.
	 */
	public void wake() {
		this.woken.set(true);
		this.bell.get().tryEmitEmpty();
	}

	synchronized void start() {
		if (!this.running) {
			this.running = true;
			this.run = Mono.defer(this::turn).repeat(() -> this.running).then().toFuture();
		}
	}

	/** Lets the step in flight end. */
	synchronized CompletableFuture<@Nullable Void> stop() {
		this.running = false;
		wake();
		return this.run;
	}

	private Mono<Void> turn() {
		this.woken.set(false);
		return Mono.defer(this.step)
			.timeout(STEP_LIMIT)
			.defaultIfEmpty(false)
			.map(this::pauseAfter)
			.onErrorResume((error) -> Mono.just(pauseAfter(error)))
			.flatMap(this::pause);
	}

	private Duration pauseAfter(boolean moreWork) {
		this.failures = 0;
		return moreWork ? Duration.ZERO : this.idlePause;
	}

	private Duration pauseAfter(Throwable error) {
		this.failures = Math.min(this.failures + 1, 10);
		Duration pause = Duration.ofMillis(250L << this.failures);
		log.warn("loop {} failed {} times in a row, next try in {}", this.name, this.failures, pause, error);
		return (pause.compareTo(LONGEST_PAUSE) < 0) ? pause : LONGEST_PAUSE;
	}

	private Mono<Void> pause(Duration pause) {
		Sinks.Empty<Void> ring = Sinks.empty();
		this.bell.set(ring);
		if (pause.isZero() || this.woken.get() || !this.running) {
			return Mono.empty();
		}
		return Mono.firstWithSignal(Mono.delay(pause).then(), ring.asMono());
	}

}
