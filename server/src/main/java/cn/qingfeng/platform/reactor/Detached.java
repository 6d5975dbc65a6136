package cn.qingfeng.platform.reactor;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Work that goes on when the one who asked for it is gone. A client that hangs up, or a
 * timeout, cancels a Reactor chain at any point; a chain cancelled between BEGIN and
 * COMMIT can hand an open transaction back to the pool.
 */
public final class Detached {

	private Detached() {
	}

	/**
	 * Cuts cancellation off: subscribing starts the work, cancelling only stops
	 * listening. The Reactor context of the subscriber reaches the work.
	 * @param work started once for each subscriber
	 * @param <T> the answer
	 * @return the answer or error of the work
	 */
	public static <T> Mono<T> from(Mono<T> work) {
		return Mono.deferContextual((context) -> Mono.fromFuture(() -> work.contextWrite(context).toFuture(), true));
	}

	/**
	 * Starts the work at once, without a subscriber.
	 * @param work any work
	 * @param <T> the answer
	 * @return its outcome; cancelling the future does cancel the work
	 */
	public static <T> CompletableFuture<@Nullable T> start(Mono<T> work) {
		return work.toFuture();
	}

}
