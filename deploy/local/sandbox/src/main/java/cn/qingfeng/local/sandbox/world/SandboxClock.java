package cn.qingfeng.local.sandbox.world;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;

/**
 * The clock that expiries, quotas and jobs follow. It runs on from wherever it is set.
 */
public final class SandboxClock extends Clock {

	public static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

	private final Clock real = Clock.systemUTC();

	private volatile Duration offset = Duration.ZERO;

	private volatile Runnable moved = () -> {
	};

	@Override
	public Instant instant() {
		return this.real.instant().plus(this.offset);
	}

	@Override
	public ZoneId getZone() {
		return CHINA;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException("the sandbox lives in " + CHINA);
	}

	public void set(Instant now) {
		this.offset = Duration.between(this.real.instant(), now);
		this.moved.run();
	}

	public void advance(Duration by) {
		this.offset = this.offset.plus(by);
		this.moved.run();
	}

	public long seconds() {
		return instant().getEpochSecond();
	}

	public LocalDate today() {
		return LocalDate.ofInstant(instant(), CHINA);
	}

	public YearMonth month() {
		return YearMonth.from(today());
	}

	void onMove(Runnable listener) {
		this.moved = listener;
	}

}
