package cn.qingfeng.wechat.gateway;

import java.time.Duration;
import java.time.Instant;

/**
 * An access token or a ticket: the same for all nodes until it expires.
 *
 * @param value never to be shown
 * @param expiresAt WeChat no longer takes it from then on
 */
record Credential(String value, Instant expiresAt) {

	/** Below this WeChat hands out the next one, and takes both. */
	private static final Duration AGEING = Duration.ofSeconds(300);

	private static final Duration MARGIN = Duration.ofSeconds(5);

	boolean livesAt(Instant now) {
		return now.isBefore(this.expiresAt.minus(MARGIN));
	}

	boolean isFreshAt(Instant now) {
		return now.isBefore(this.expiresAt.minus(AGEING));
	}

	@Override
	public String toString() {
		return "Credential[until %s]".formatted(this.expiresAt);
	}

}
