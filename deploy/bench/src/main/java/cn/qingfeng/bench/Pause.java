package cn.qingfeng.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Time that must pass.
 */
final class Pause {

	private Pause() {
	}

	static void of(Duration time) {
		try {
			TimeUnit.NANOSECONDS.sleep(time.toNanos());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new BenchException("Interrupted", ex);
		}
	}

}
