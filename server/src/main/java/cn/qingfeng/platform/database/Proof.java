package cn.qingfeng.platform.database;

import java.time.Duration;

/**
 * When a connection last gave a whole answer. One that is being asked, or whose asker
 * went away, has no proof.
 */
final class Proof {

	private static final long HOLDS_NANOS = Duration.ofMillis(500).toNanos();

	private volatile boolean answered;

	private volatile long answeredAt;

	void asked() {
		this.answered = false;
	}

	void answered() {
		this.answeredAt = System.nanoTime();
		this.answered = true;
	}

	boolean holds() {
		return this.answered && System.nanoTime() - this.answeredAt < HOLDS_NANOS;
	}

}
