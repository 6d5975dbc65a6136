package cn.qingfeng;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import cn.qingfeng.platform.time.BusinessTime;

import org.springframework.context.annotation.Primary;

/**
 * The business clock of the tests: runs as the real one until it is set, and on from
 * there. A test that sets it puts it back with {@link #reset()}.
 */
@Primary
public final class TestClock extends Clock {

	private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

	private volatile Consumer<Instant> moved = (now) -> {
	};

	private final Clock real = Clock.system(BusinessTime.ZONE);

	/** Goes on from this time, in China, for instance {@code 2026-05-01T09:00}. */
	public void setTo(String localTime) {
		setTo(LocalDateTime.parse(localTime).atZone(BusinessTime.ZONE).toInstant());
	}

	public void setTo(Instant instant) {
		this.offset.set(Duration.between(this.real.instant(), instant));
		this.moved.accept(instant());
	}

	public void advance(Duration duration) {
		this.offset.updateAndGet(duration::plus);
		this.moved.accept(instant());
	}

	public void reset() {
		this.offset.set(Duration.ZERO);
		this.moved.accept(instant());
	}

	/** Whoever must follow this clock. */
	void onMove(Consumer<Instant> follower) {
		this.moved = follower;
	}

	@Override
	public Instant instant() {
		return this.real.instant().plus(this.offset.get());
	}

	@Override
	public ZoneId getZone() {
		return BusinessTime.ZONE;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException("business time is China's");
	}

}
