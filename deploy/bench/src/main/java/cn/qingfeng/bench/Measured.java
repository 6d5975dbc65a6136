package cn.qingfeng.bench;

import java.time.Duration;
import java.util.List;

/**
 * What one load showed.
 *
 * @param done calls that succeeded
 * @param errors calls that did not
 * @param failure what the first of them was answered with, empty without errors
 * @param elapsed from the first call to the last answer
 * @param latencies of those that succeeded
 */
record Measured(int done, int errors, String failure, Duration elapsed, Latencies latencies) {

	/** Loads one after the other, none of which had errors. */
	static Measured sum(List<Measured> parts) {
		return new Measured(parts.stream().mapToInt(Measured::done).sum(), 0, "",
				parts.stream().map(Measured::elapsed).reduce(Duration.ZERO, Duration::plus),
				Latencies.together(parts.stream().map(Measured::latencies).toList()));
	}

	/** Calls a second. */
	double rate() {
		return this.done * 1e9 / this.elapsed.toNanos();
	}

	/** For loads that mean nothing with errors. */
	Measured withoutErrors(String load) {
		if (this.errors > 0) {
			throw new BenchException("%s: %d of %d calls failed, the first with %s".formatted(load, this.errors,
					this.done + this.errors, this.failure));
		}
		return this;
	}

	@Override
	public String toString() {
		return "%,.0f/s %s".formatted(rate(), this.latencies);
	}

}
