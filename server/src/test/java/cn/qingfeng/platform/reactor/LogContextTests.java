package cn.qingfeng.platform.reactor;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class LogContextTests {

	private static final Context REQUEST = LogContext.trace("t-1")
		.andThen(LogContext.user("member:1"))
		.apply(Context.empty());

	@AfterEach
	void nothingIsLeft() {
		MDC.clear();
	}

	@Test
	void aLineSaysTheRequestAndItsCallerAndTheNextOneOfTheThreadDoesNot() {
		MDC.put("loop", "outbox");
		LogContext.write(REQUEST, () -> assertThat(MDC.getCopyOfContextMap())
			.isEqualTo(Map.of("traceId", "t-1", "memberId", "member:1")));
		assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("loop", "outbox"));
	}

	@Test
	void aLineThatFailsLeavesNothingBehind() {
		assertThatIllegalStateException().isThrownBy(() -> LogContext.write(REQUEST, () -> {
			throw new IllegalStateException("full");
		}));
		assertThat(MDC.get("traceId")).isNull();
	}

	@Test
	void aBlockingCallSaysTheRequestOnItsOwnThread() {
		try (BoundedScheduler scheduler = BoundedScheduler.of("log-context", 1, 1)) {
			assertThat(scheduler.call(() -> MDC.get("traceId"), Duration.ofSeconds(10)).contextWrite(REQUEST).block())
				.isEqualTo("t-1");
			assertThat(scheduler.call(() -> MDC.get("traceId"), Duration.ofSeconds(10)).block()).isNull();
		}
	}

}
