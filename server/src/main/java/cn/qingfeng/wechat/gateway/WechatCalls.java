package cn.qingfeng.wechat.gateway;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

import cn.qingfeng.platform.reactor.BoundedScheduler;
import cn.qingfeng.platform.reactor.LogContext;
import cn.qingfeng.wechat.WechatErrorClass;
import cn.qingfeng.wechat.WechatOutcome;
import cn.qingfeng.wechat.WechatProperties;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Makes calls to WeChat: within the limits of their endpoint, past the breaker of their
 * capability, on the threads of their lane, with a token, within a time, and with one of
 * three outcomes. It never fails.
 */
@Component
public class WechatCalls implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(WechatCalls.class);

	private static final int UNAUTHORISED = 48001;

	/** While somebody waits, or WeChat was not reached at all. */
	private static final List<Duration> SHORT = List.of(Duration.ofMillis(200), Duration.ofMillis(400));

	/** When WeChat says that it is busy, which lasts seconds. */
	private static final List<Duration> LONG = List.of(Duration.ofSeconds(1), Duration.ofSeconds(3),
			Duration.ofSeconds(9));

	private static final Set<WechatErrorClass> TELLING = EnumSet.of(WechatErrorClass.RETRY, WechatErrorClass.CONFIG);

	private final AccessTokens tokens;

	private final CapabilitySwitches switches;

	private final EndpointLimits limits;

	private final WechatProperties properties;

	private final MeterRegistry meters;

	private final Map<Lane, BoundedScheduler> lanes = new EnumMap<>(Lane.class);

	private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
		.slidingWindowSize(20)
		.minimumNumberOfCalls(10)
		.failureRateThreshold(60)
		.waitDurationInOpenState(Duration.ofSeconds(10))
		.permittedNumberOfCallsInHalfOpenState(3)
		.recordResult(WechatCalls::speaksAgainstWechat)
		.build());

	WechatCalls(AccessTokens tokens, CapabilitySwitches switches, EndpointLimits limits, WechatProperties properties,
			MeterRegistry meters) {
		this.limits = limits;
		this.meters = meters;
		this.tokens = tokens;
		this.switches = switches;
		this.properties = properties;
		for (Lane lane : Lane.values()) {
			this.lanes.put(lane, BoundedScheduler.of("wechat-" + lane.name().toLowerCase(Locale.ROOT), lane.threads(),
					lane.queue()));
		}
	}

	public <T> Mono<WechatOutcome<T>> make(WechatCall<T> call) {
		return make(call, 0);
	}

	@Override
	public void close() {
		this.lanes.values().forEach(BoundedScheduler::close);
	}

	private <T> Mono<WechatOutcome<T>> make(WechatCall<T> call, int repeats) {
		return Mono.defer(() -> guarded(call))
			.flatMap((outcome) -> pause(call, outcome, repeats)
				.map((pause) -> Mono.delay(pause)
					.then(make(call, repeats + 1))
					.map((next) -> isAway(next) ? outcome : next))
				.orElseGet(() -> Mono.just(outcome)));
	}

	/** Then it tells less than the outcome before it, which may have been a call. */
	private static boolean isAway(WechatOutcome<?> outcome) {
		return outcome instanceof WechatOutcome.Refused<?> refused && refused.isAway();
	}

	private static Optional<Duration> pause(WechatCall<?> call, WechatOutcome<?> outcome, int repeats) {
		if (!call.repeatable() || !(outcome instanceof WechatOutcome.Refused<?> refused)
				|| refused.errorClass() != WechatErrorClass.RETRY) {
			return Optional.empty();
		}
		boolean briefly = call.lane() == Lane.LOGIN || refused.code() == WechatOutcome.Refused.NOT_CALLED;
		List<Duration> pauses = briefly ? SHORT : LONG;
		return (repeats < pauses.size()) ? Optional.of(jittered(pauses.get(repeats))) : Optional.empty();
	}

	/**
	 * Up to half as long again, so that callers who failed together do not return
	 * together.
	 */
	private static Duration jittered(Duration pause) {
		return pause.plusMillis(RandomGenerator.getDefault().nextLong(pause.toMillis() / 2));
	}

	private <T> Mono<WechatOutcome<T>> guarded(WechatCall<T> call) {
		if (this.switches.isOff(call.capability())) {
			return Mono.just(new WechatOutcome.Refused<>(WechatErrorClass.CONFIG, UNAUTHORISED,
					"switched off: the account lacks " + call.capability(), ""));
		}
		return this.limits.within(call.endpoint(), pastBreaker(call)).doOnNext((outcome) -> count(call, outcome));
	}

	private <T> Mono<WechatOutcome<T>> pastBreaker(WechatCall<T> call) {
		CircuitBreaker breaker = this.breakers.circuitBreaker(call.capability().name());
		return attempt(call).transformDeferred(CircuitBreakerOperator.of(breaker))
			.onErrorResume(CallNotPermittedException.class,
					(open) -> Mono.just(Answers.held("paused: WeChat failed too often")))
			.flatMap((outcome) -> this.limits.noted(call.endpoint(), outcome))
			.flatMap((outcome) -> noted(call, outcome));
	}

	private void count(WechatCall<?> call, WechatOutcome<?> outcome) {
		this.meters.counter("qingfeng.wechat.calls", "capability", call.capability().name(), "outcome", name(outcome))
			.increment();
	}

	private <T> Mono<WechatOutcome<T>> attempt(WechatCall<T> call) {
		if (!call.token()) {
			return onLane(call);
		}
		SharedCredential token = this.tokens.of(call.capability().account());
		return token.current()
			.flatMap((used) -> onLane(call).flatMap((outcome) -> isStaleToken(outcome)
					? token.insteadOf(used.value()).then(onLane(call)) : Mono.just(outcome)))
			.onErrorResume((error) -> Mono.just(Answers.of(error, call)));
	}

	private <T> Mono<WechatOutcome<T>> onLane(WechatCall<T> call) {
		return Mono.defer(() -> {
			Started<T> started = new Started<>(call.work());
			BoundedScheduler lane = Objects.requireNonNull(this.lanes.get(call.lane()));
			return lane.call(started, limit(call.lane()))
				.<WechatOutcome<T>>map(WechatOutcome.Done::new)
				.switchIfEmpty(Mono.just(new WechatOutcome.Unknown<>("an empty answer")))
				.onErrorResume(TimeoutException.class, (late) -> Mono.just(late(started, call)))
				.onErrorResume((error) -> Mono.just(Answers.of(error, call)));
		});
	}

	private Duration limit(Lane lane) {
		return (lane == Lane.MEDIA) ? this.properties.uploadTimeout() : this.properties.callTimeout();
	}

	private static <T> WechatOutcome<T> late(Started<T> started, WechatCall<T> call) {
		return started.abandon() ? Answers.held("waited too long for a thread of lane " + call.lane())
				: new WechatOutcome.Unknown<>("no answer in time");
	}

	private <T> Mono<WechatOutcome<T>> noted(WechatCall<T> call, WechatOutcome<T> outcome) {
		return switch (outcome) {
			case WechatOutcome.Done<T> done -> this.switches.works(call.capability()).thenReturn(outcome);
			case WechatOutcome.Unknown<T> unknown ->
				LogContext.line(() -> log.warn("WeChat {}: outcome unknown, {}", call.endpoint(), unknown.reason()))
					.thenReturn(outcome);
			case WechatOutcome.Refused<T> refused -> LogContext.line(() -> write(call, refused))
				.then((refused.code() != UNAUTHORISED) ? Mono.empty()
						: this.switches.turnOff(call.capability(), refused))
				.thenReturn(outcome);
		};
	}

	private static String name(WechatOutcome<?> outcome) {
		return switch (outcome) {
			case WechatOutcome.Done<?> done -> "DONE";
			case WechatOutcome.Unknown<?> unknown -> "UNKNOWN";
			case WechatOutcome.Refused<?> refused -> refused.errorClass().name();
		};
	}

	private static void write(WechatCall<?> call, WechatOutcome.Refused<?> refused) {
		switch (refused.errorClass()) {
			case GONE, CONSENT, AUTH, DONE -> log.debug("WeChat {}: {} {} rid {}", call.endpoint(),
					refused.errorClass(), refused.code(), refused.rid());
			default -> log.warn("WeChat {}: {} {} rid {}", call.endpoint(), refused.errorClass(), refused.code(),
					refused.rid());
		}
	}

	private static boolean isStaleToken(WechatOutcome<?> outcome) {
		return outcome instanceof WechatOutcome.Refused<?> refused && refused.errorClass() == WechatErrorClass.TOKEN;
	}

	private static boolean speaksAgainstWechat(Object outcome) {
		return outcome instanceof WechatOutcome.Unknown<?>
				|| outcome instanceof WechatOutcome.Refused<?> refused && TELLING.contains(refused.errorClass());
	}

}
