package cn.rules.violations;

import reactor.core.publisher.Mono;

/** Blocks. */
public final class WaitingForever {

	private WaitingForever() {
	}

	static Object waitFor(Mono<Object> mono) {
		return mono.block();
	}

	/** Sleeps. */
	public static final class Sleeping {

		private Sleeping() {
		}

		static void nap() throws InterruptedException {
			Thread.sleep(1);
		}

	}

}
