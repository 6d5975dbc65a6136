package cn.qingfeng.platform.reactor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The background work of this node. Loops start last, when everything they need is there,
 * and stop first: on shutdown no new step begins and the steps in flight may end.
 */
@Component
public class BackgroundLoops implements SmartLifecycle {

	private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

	private final List<Loop> loops = new ArrayList<>();

	private boolean running;

	/**
	 * Adds a loop; before the context has started it waits for that.
	 * @param name for the log
	 * @param idlePause the pause after a step that found no more work
	 * @param step one piece of work, true when there is more at once
	 * @return for waking
	 */
	public synchronized Loop start(String name, Duration idlePause, Supplier<Mono<Boolean>> step) {
		Loop loop = new Loop(name, idlePause, step);
		this.loops.add(loop);
		if (this.running) {
			loop.start();
		}
		return loop;
	}

	@Override
	public synchronized void start() {
		this.running = true;
		this.loops.forEach(Loop::start);
	}

	@Override
	public synchronized void stop(Runnable callback) {
		this.running = false;
		CompletableFuture.allOf(this.loops.stream().map(Loop::stop).toArray(CompletableFuture[]::new))
			.orTimeout(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
			.whenComplete((done, error) -> callback.run());
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running;
	}

}
