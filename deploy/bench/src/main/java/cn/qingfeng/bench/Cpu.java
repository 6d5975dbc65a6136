package cn.qingfeng.bench;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * A load and the processor time that the server's process took for it.
 *
 * @param load what it showed
 * @param used of all its threads
 */
record Cpu(Measured load, Duration used) {

	static Cpu of(Server server, Supplier<Measured> load) {
		Duration before = server.cpu();
		Measured measured = load.get();
		return new Cpu(measured, server.cpu().minus(before));
	}

	/** Loads one after the other. */
	static Cpu sum(List<Cpu> parts) {
		Duration used = parts.stream().map(Cpu::used).reduce(Duration.ZERO, Duration::plus);
		return new Cpu(Measured.sum(parts.stream().map(Cpu::load).toList()), used);
	}

	@Override
	public String toString() {
		return "%s, server CPU %.0f us a call, %.2f cores".formatted(this.load,
				this.used.toNanos() / 1e3 / this.load.done(),
				(double) this.used.toNanos() / this.load.elapsed().toNanos());
	}

}
