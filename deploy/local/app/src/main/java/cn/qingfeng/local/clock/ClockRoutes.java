package cn.qingfeng.local.clock;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

import cn.qingfeng.local.LoopbackOnly;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.time.BusinessTime;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code GET} and {@code PUT /_local/clock}: one time for the product and the sandbox.
 */
public final class ClockRoutes {

	private static final String PATH = "/_local/clock";

	private final AdjustableClock clock;

	private final List<OtherClock> others;

	private ClockRoutes(AdjustableClock clock, List<OtherClock> others) {
		this.clock = clock;
		this.others = others;
	}

	public static RouterFunction<ServerResponse> of(AdjustableClock clock, List<OtherClock> others) {
		ClockRoutes routes = new ClockRoutes(clock, others);
		return RouterFunctions.route()
			.filter(new LoopbackOnly())
			.GET(PATH, (request) -> routes.show())
			.PUT(PATH, routes::turn)
			.build();
	}

	private Mono<ServerResponse> turn(ServerRequest request) {
		return request.bodyToMono(Setting.class)
			.defaultIfEmpty(new Setting(null))
			.map(Setting::required)
			.doOnNext(this::set)
			.then(Mono.defer(this::show));
	}

	private void set(OffsetDateTime now) {
		this.clock.set(now.toInstant());
		this.others.forEach((other) -> other.set(now.toInstant()));
	}

	private Mono<ServerResponse> show() {
		return ServerResponse.ok().bodyValue(new Setting(BusinessTime.now(this.clock)));
	}

	/**
	 * A clock that must show the same time.
	 */
	@FunctionalInterface
	public interface OtherClock {

		void set(Instant now);

	}

	/**
	 * What is sent and answered.
	 *
	 * @param now the time from which the clock goes on
	 */
	record Setting(@Nullable OffsetDateTime now) {

		OffsetDateTime required() {
			if (this.now == null) {
				throw Violations.of("now", "请给出时间，例如 2026-05-01T09:00:00+08:00");
			}
			return this.now;
		}

	}

}
