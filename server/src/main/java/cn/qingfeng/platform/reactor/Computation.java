package cn.qingfeng.platform.reactor;

import java.util.function.Supplier;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Work that keeps a processor busy for a while, away from the event loops: as many at a
 * time as there are processors.
 */
public final class Computation {

	private Computation() {
	}

	/**
	 * Computes when subscribed to.
	 * @param work which waits for nothing
	 * @param <T> its result
	 * @return the result
	 */
	public static <T> Mono<T> of(Supplier<T> work) {
		return Mono.fromSupplier(work).subscribeOn(Schedulers.parallel());
	}

}
