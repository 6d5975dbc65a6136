package cn.qingfeng.local.sandbox.world;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread owns all state, so that nothing in the sandbox needs a lock. Whoever wants
 * to know or change something asks this thread.
 */
public final class World implements Executor, AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(World.class);

	private static final long TICK_MILLIS = 25;

	private final ScheduledThreadPoolExecutor executor;

	private final SandboxClock clock = new SandboxClock();

	private final Ids ids;

	private final Jobs jobs = new Jobs(this.clock);

	private final Thread thread;

	public World(String seed, String run) {
		this.ids = new Ids(seed, run);
		this.executor = new ScheduledThreadPoolExecutor(1,
				(task) -> Thread.ofPlatform().daemon().name("wechat-sandbox").unstarted(task));
		this.thread = CompletableFuture.supplyAsync(Thread::currentThread, this.executor).join();
		this.executor.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
		this.clock.onMove(() -> ask(() -> {
			this.jobs.runDue();
			return true;
		}));
	}

	public SandboxClock clock() {
		return this.clock;
	}

	public Ids ids() {
		return this.ids;
	}

	public Jobs jobs() {
		return this.jobs;
	}

	@Override
	public void execute(Runnable task) {
		try {
			this.executor.execute(task);
		}
		catch (RejectedExecutionException ex) {
			log.debug("closed: work is dropped");
		}
	}

	/** Runs work on the owning thread, later and in real time. */
	public void later(long millis, Runnable task) {
		try {
			this.executor.schedule(task, millis, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			log.debug("closed: work for later is dropped");
		}
	}

	/** Asks the owning thread and waits for its answer. */
	public <T> T ask(Supplier<T> question) {
		if (Thread.currentThread() == this.thread) {
			return question.get();
		}
		try {
			return CompletableFuture.supplyAsync(question, this.executor).join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw ex;
		}
	}

	private void tick() {
		try {
			this.jobs.runDue();
		}
		catch (RuntimeException ex) {
			log.error("the sandbox could not run its jobs", ex);
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
