package cn.qingfeng.wechat;

import java.time.Duration;

import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a call must have ended as.
 */
public final class Outcomes {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private Outcomes() {
	}

	public static <T> T done(Mono<WechatOutcome<T>> call) {
		WechatOutcome<T> outcome = call.block(TIMEOUT);
		assertThat(outcome).isInstanceOf(WechatOutcome.Done.class);
		return ((WechatOutcome.Done<T>) outcome).value();
	}

	public static <T> WechatOutcome.Refused<T> refused(Mono<WechatOutcome<T>> call) {
		WechatOutcome<T> outcome = call.block(TIMEOUT);
		assertThat(outcome).isInstanceOf(WechatOutcome.Refused.class);
		return (WechatOutcome.Refused<T>) outcome;
	}

}
