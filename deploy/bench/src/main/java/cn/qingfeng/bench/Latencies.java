package cn.qingfeng.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How long each of many calls took.
 *
 * @param sorted nanoseconds, shortest first
 */
@SuppressWarnings("ArrayRecordComponent")
record Latencies(long[] sorted) {

	private static final double NANOS_PER_MILLI = 1e6;

	static Latencies of(LongStream nanos) {
		return new Latencies(nanos.sorted().toArray());
	}

	static Latencies together(List<Latencies> parts) {
		return of(parts.stream().flatMapToLong((part) -> Arrays.stream(part.sorted)));
	}

	/** In milliseconds. */
	double p50() {
		return quantile(0.5);
	}

	/** In milliseconds. */
	double p99() {
		return quantile(0.99);
	}

	/** In milliseconds. */
	double max() {
		return quantile(1);
	}

	private double quantile(double share) {
		if (this.sorted.length == 0) {
			return Double.NaN;
		}
		int index = (int) Math.ceil(share * this.sorted.length) - 1;
		return this.sorted[Math.max(0, index)] / NANOS_PER_MILLI;
	}

	@Override
	public String toString() {
		return "p50 %.2f p99 %.2f max %.1f ms".formatted(p50(), p99(), max());
	}

}
