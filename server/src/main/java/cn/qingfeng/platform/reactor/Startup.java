package cn.qingfeng.platform.reactor;

import java.time.Duration;
import java.util.concurrent.CompletionException;

import reactor.core.publisher.Mono;

/**
 * Waiting, for the main thread before the node is ready and for nobody else.
 */
public final class Startup {

	private Startup() {
	}

	/**
	 * Waits for the work.
	 * @param work of the start
	 * @param limit after it the start fails
	 */
	public static void await(Mono<Void> work, Duration limit) {
		try {
			work.timeout(limit).toFuture().join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

}
