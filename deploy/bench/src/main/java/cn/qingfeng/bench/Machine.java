package cn.qingfeng.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where it was measured.
 */
final class Machine {

	private static final Path CPU = Path.of("/proc/cpuinfo");

	private Machine() {
	}

	static String line() {
		return "%d cores%s, %s %s, Java %s, load average %.1f; server, database and callers share them, fsync on"
			.formatted(Runtime.getRuntime().availableProcessors(), model(), System.getProperty("os.name"),
					System.getProperty("os.version"), Runtime.version(),
					ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
	}

	private static String model() {
		try {
			return Files.exists(CPU) ? Files.readAllLines(CPU)
				.stream()
				.filter((line) -> line.startsWith("model name"))
				.findFirst()
				.map((line) -> " of " + line.substring(line.indexOf(':') + 1).trim())
				.orElse("") : "";
		}
		catch (IOException ex) {
			return "";
		}
	}

}
