package cn.qingfeng.local.sandbox;

import java.time.Duration;

/**
 * How long WeChat takes. The callback figures are real time, the others follow the
 * sandbox's clock.
 *
 * @param callbackTimeout how long one attempt waits for the backend
 * @param callbackPause the pause before the next attempt
 * @param receipt until the receipt of a template or subscription message
 * @param massJob until a mass message is delivered
 * @param publishJob until an article is published
 */
public record Timing(Duration callbackTimeout, Duration callbackPause, Duration receipt, Duration massJob,
		Duration publishJob) {

	public static Timing usual() {
		return new Timing(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2),
				Duration.ofSeconds(3));
	}

	/** For tests that do not want to wait. */
	public static Timing quick() {
		return new Timing(Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofMillis(100),
				Duration.ofMillis(100));
	}

}
