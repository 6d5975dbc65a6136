package cn.qingfeng.wechat.gateway;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells a call that nobody waits for any more whether it has begun: what is abandoned
 * before that never runs.
 *
 * @param <T> what the call gives
 */
final class Started<T> implements Callable<T> {

	private final Callable<T> work;

	private final AtomicBoolean settled = new AtomicBoolean();

	Started(Callable<T> work) {
		this.work = work;
	}

	@Override
	public T call() throws Exception {
		if (!this.settled.compareAndSet(false, true)) {
			throw new CancellationException();
		}
		return this.work.call();
	}

	/** True when the call had not begun; it will not begin then. */
	boolean abandon() {
		return this.settled.compareAndSet(false, true);
	}

}
