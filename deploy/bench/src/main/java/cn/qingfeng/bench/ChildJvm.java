package cn.qingfeng.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own with the flags of production: those of the compose file, whose
 * container leaves that much heap.
 */
final class ChildJvm implements AutoCloseable {

	private static final List<String> FLAGS = List.of("-Xmx921m", "-XX:+UseParallelGC", "-XX:+UseCompactObjectHeaders",
			"-XX:+ExitOnOutOfMemoryError", "-XX:+UseTransparentHugePages", "-XX:MetaspaceSize=256m",
			"-XX:ReservedCodeCacheSize=384m", "-Dstdout.encoding=UTF-8", "--enable-native-access=ALL-UNNAMED",
			"--sun-misc-unsafe-memory-access=allow");

	private static final Duration PATIENCE = Duration.ofSeconds(40);

	private final Process process;

	private final Path log;

	private ChildJvm(Process process, Path log) {
		this.process = process;
		this.log = log;
	}

	/**
	 * Starts a class of our own class path.
	 * @param main the class
	 * @param flags of the JVM besides those of production
	 * @param arguments of the class
	 * @param log where its output is added
	 * @return the running process, which may not be ready
	 */
	static ChildJvm start(Class<?> main, List<String> flags, List<String> arguments, Path log) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
		command.addAll(FLAGS);
		command.addAll(flags);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(arguments);
		try {
			return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
				.start(), log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void requireAlive() {
		if (!this.process.isAlive()) {
			throw new BenchException("A process ended by itself: " + lastWords());
		}
	}

	/** That all its threads have used so far. */
	Duration cpu() {
		return this.process.info().totalCpuDuration().orElse(Duration.ZERO);
	}

	/** Gives it the time to write down what it recorded. */
	@Override
	public void close() {
		this.process.destroy();
		if (!end(this.process)) {
			end(this.process.destroyForcibly());
		}
	}

	private static boolean end(Process process) {
		try {
			return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private String lastWords() {
		try {
			List<String> lines = Files.readAllLines(this.log);
			return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 20), lines.size()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
