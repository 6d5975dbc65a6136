package cn.qingfeng.wechat.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import cn.qingfeng.platform.redis.RedisGate;
import cn.qingfeng.wechat.WechatErrorClass;
import cn.qingfeng.wechat.WechatOutcome;
import cn.qingfeng.wechat.WechatProperties;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Keeps every endpoint within what WeChat allows all nodes together, and remembers when
 * WeChat finds that it was not.
 */
@Component
class EndpointLimits {

	/** Too fast for the account; the other codes of the class are about one recipient. */
	private static final Set<Integer> TOO_FAST = Set.of(45011, 42010);

	private static final int USED_UP = 45009;

	private static final long MILLIS_OF_MINUTE = Duration.ofMinutes(1).toMillis();

	private final QuotaProperties properties;

	private final DailyQuotas daily;

	private final Holds holds;

	private final Clock clock;

	private final Map<Endpoint, MinuteRate> rates = new EnumMap<>(Endpoint.class);

	EndpointLimits(QuotaProperties properties, DailyQuotas daily, Holds holds, Clock clock, RedisGate redis,
			WechatProperties wechat) {
		this.properties = properties;
		this.daily = daily;
		this.holds = holds;
		this.clock = clock;
		for (Endpoint endpoint : Endpoint.values()) {
			String appId = wechat.of(endpoint.capability().account()).appId();
			String key = "qf:wechat:%s:rate:%s".formatted(appId, endpoint);
			this.rates.put(endpoint, new MinuteRate(redis, key, properties.shareWithoutRedis()));
		}
	}

	/** Makes the call if the endpoint may be called once more. */
	<T> Mono<WechatOutcome<T>> within(Endpoint endpoint, Mono<WechatOutcome<T>> call) {
		return Mono.defer(() -> this.holds.on(endpoint)
			.map((hold) -> Mono.<WechatOutcome<T>>just(stopped(hold)))
			.orElseGet(() -> rate(endpoint).take(minute(), perMinute(endpoint))
				.flatMap((inTime) -> inTime ? withinTheDay(endpoint, call)
						: Mono.just(held(WechatErrorClass.QUOTA_MIN, "this minute is full")))));
	}

	/**
	 * Looks at how a call ended.
	 * @return the outcome, of the class that the code has for this endpoint
	 */
	<T> Mono<WechatOutcome<T>> noted(Endpoint endpoint, WechatOutcome<T> outcome) {
		if (!(outcome instanceof WechatOutcome.Refused<T> refused) || refused.code() == WechatOutcome.Refused.NOT_CALLED
				|| endpoint.lane() == Lane.LOGIN) {
			return Mono.just(outcome);
		}
		if (TOO_FAST.contains(refused.code()) || isRate(endpoint, refused)) {
			return this.holds.hold(pause(endpoint, refused.code()))
				.thenReturn(new WechatOutcome.Refused<>(WechatErrorClass.QUOTA_MIN, refused.code(), refused.message(),
						refused.rid()));
		}
		return (refused.errorClass() == WechatErrorClass.QUOTA_DAY)
				? this.holds.hold(untilReset(endpoint, refused.code())).thenReturn(outcome) : Mono.just(outcome);
	}

	private <T> Mono<WechatOutcome<T>> withinTheDay(Endpoint endpoint, Mono<WechatOutcome<T>> call) {
		return this.daily.take(endpoint)
			.flatMap((left) -> left ? call : Mono.just(held(WechatErrorClass.QUOTA_DAY, "today's quota is used up")));
	}

	/** WeChat has one code for both; an endpoint that only a rate limits means that. */
	private boolean isRate(Endpoint endpoint, WechatOutcome.Refused<?> refused) {
		return refused.code() == USED_UP && this.properties.daily(endpoint) == 0
				&& this.properties.perMinute(endpoint) > 0;
	}

	private Holds.Hold pause(Endpoint endpoint, int code) {
		Instant now = now();
		int limit = perMinute(endpoint);
		int rate = (limit > 0) ? limit : rate(endpoint).seen(minute());
		Instant until = now.plus(this.properties.pause());
		return new Holds.Hold(endpoint, code, now, until, Math.max(1, rate / 2), until.plus(this.properties.slow()));
	}

	private Holds.Hold untilReset(Endpoint endpoint, int code) {
		Instant now = now();
		Instant until = this.properties.nextReset(now);
		return new Holds.Hold(endpoint, code, now, until, null, until);
	}

	private int perMinute(Endpoint endpoint) {
		return this.holds.slowed(endpoint).orElseGet(() -> this.properties.perMinute(endpoint));
	}

	private MinuteRate rate(Endpoint endpoint) {
		return Objects.requireNonNull(this.rates.get(endpoint));
	}

	/** As exact as PostgreSQL stores it. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

	private long minute() {
		return this.clock.millis() / MILLIS_OF_MINUTE;
	}

	/** Quotes the code that WeChat gave, so that whoever reads it can look it up. */
	private static <T> WechatOutcome<T> stopped(Holds.Hold hold) {
		boolean forTheDay = hold.perMinute() == null;
		return new WechatOutcome.Refused<>(forTheDay ? WechatErrorClass.QUOTA_DAY : WechatErrorClass.QUOTA_MIN,
				hold.code(), "stopped until " + hold.until(), "");
	}

	private static <T> WechatOutcome<T> held(WechatErrorClass kind, String message) {
		return new WechatOutcome.Refused<>(kind, WechatOutcome.Refused.NOT_CALLED, message, "");
	}

}
