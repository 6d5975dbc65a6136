package cn.qingfeng.local.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs on from wherever it was set; a restart puts it back to the real time, or as far
 * ahead of it as {@code qingfeng.local.clock-ahead} says.
 */
public final class AdjustableClock extends Clock {

	private final Clock real;

	private final AtomicReference<Duration> offset;

	public AdjustableClock(Clock real) {
		this(real, new AtomicReference<>(Duration.ZERO));
	}

	private AdjustableClock(Clock real, AtomicReference<Duration> offset) {
		this.real = real;
		this.offset = offset;
	}

	public void set(Instant now) {
		this.offset.set(Duration.between(this.real.instant(), now));
	}

	@Override
	public Instant instant() {
		return this.real.instant().plus(this.offset.get());
	}

	@Override
	public ZoneId getZone() {
		return this.real.getZone();
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return new AdjustableClock(this.real.withZone(zone), this.offset);
	}

}
