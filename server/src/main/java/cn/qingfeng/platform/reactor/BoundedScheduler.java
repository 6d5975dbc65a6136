package cn.qingfeng.platform.reactor;

import java.time.Duration;
import java.util.concurrent.Callable;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A few threads of their own for a library that blocks, with a bounded queue: when it is
 * full, callers are refused and never pile up. The only place that makes schedulers; the
 * bean that owns one closes it.
 */
public final class BoundedScheduler implements AutoCloseable {

	private static final Duration GRACE = Duration.ofSeconds(10);

	private final Scheduler scheduler;

	private BoundedScheduler(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	/**
	 * Makes a scheduler.
	 * @param name prefix of its threads
	 * @param threads how many calls run at once
	 * @param queue how many more may wait
	 * @return to be closed by its owner
	 */
	public static BoundedScheduler of(String name, int threads, int queue) {
		return new BoundedScheduler(Schedulers.newBoundedElastic(threads, queue, name, 60, true));
	}

	/**
	 * Runs a blocking call.
	 * @param call may block; a null result completes empty
	 * @param limit after it the caller gets a
	 * {@link java.util.concurrent.TimeoutException} and the thread is interrupted
	 * @param <T> the result
	 * @return the result, on a thread of this scheduler
	 */
	public <T> Mono<T> call(Callable<? extends T> call, Duration limit) {
		return Mono.<T>deferContextual((context) -> Mono.fromCallable(LogContext.within(context, call)))
			.subscribeOn(this.scheduler)
			.timeout(limit);
	}

	public Scheduler scheduler() {
		return this.scheduler;
	}

	@Override
	public void close() {
		this.scheduler.disposeGracefully().timeout(GRACE).onErrorComplete().subscribe();
	}

}
