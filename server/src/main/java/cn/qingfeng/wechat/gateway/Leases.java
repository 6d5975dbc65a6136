package cn.qingfeng.wechat.gateway;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Uses of something limited that all nodes share: taken from there in blocks, one request
 * at a time, and handed out here without asking. What is left of a block when its period
 * ends, or its node, is lost: never too many, sometimes a few too few.
 *
 * @param <P> the period that a limit holds for
 */
final class Leases<P> {

	private final Function<P, Mono<Long>> lessor;

	private final AtomicReference<@Nullable Block<P>> block = new AtomicReference<>();

	private final AtomicReference<@Nullable Mono<Block<P>>> flight = new AtomicReference<>();

	/**
	 * Begins with nothing in hand.
	 * @param lessor takes a block for a period; nothing or less means that it is used up
	 */
	Leases(Function<P, Mono<Long>> lessor) {
		this.lessor = lessor;
	}

	/** Whether there was one more. */
	Mono<Boolean> take(P period) {
		return Mono.defer(() -> {
			Block<P> mine = held(period);
			if (mine != null && (mine.isLast() || mine.take())) {
				return Mono.just(!mine.isLast());
			}
			return renewed(period).then(take(period));
		});
	}

	/** The block to take from; nothing when another must be asked for. */
	private @Nullable Block<P> held(P period) {
		Block<P> mine = this.block.get();
		return (mine != null && mine.period().equals(period) && (mine.isLast() || mine.hasMore())) ? mine : null;
	}

	private Mono<Block<P>> renewed(P period) {
		Mono<Block<P>> running = this.flight.get();
		if (running != null) {
			return running;
		}
		Mono<Block<P>> mine = Mono.defer(() -> heldOrLeased(period))
			.doOnNext(this.block::set)
			.doOnTerminate(() -> this.flight.set(null))
			.cache();
		return this.flight.compareAndSet(null, mine) ? mine : renewed(period);
	}

	private Mono<Block<P>> heldOrLeased(P period) {
		Block<P> mine = held(period);
		return (mine != null) ? Mono.just(mine)
				: this.lessor.apply(period).map((granted) -> new Block<>(period, granted, new AtomicLong(granted)));
	}

	private record Block<P>(P period, long granted, AtomicLong left) {

		boolean isLast() {
			return this.granted <= 0;
		}

		boolean hasMore() {
			return this.left.get() > 0;
		}

		boolean take() {
			return this.left.getAndDecrement() > 0;
		}

	}

}
