package cn.qingfeng.local.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server on our folder that outlived the process which had started it.
 */
final class Leftover {

	private static final Logger log = LoggerFactory.getLogger(Leftover.class);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private Leftover() {
	}

	/**
	 * Stops the process that the pid file names, if it works in our folder; a process
	 * that merely got the same number later is left alone and its number forgotten.
	 */
	static void stop(Path pidFile, Path folder) throws IOException {
		Optional<ProcessHandle> named = process(pidFile);
		if (named.isEmpty()) {
			return;
		}
		if (worksIn(named.get(), folder)) {
			log.info("Stopping process {} that was left over on {}", named.get().pid(), folder);
			stop(named.get());
		}
		Files.deleteIfExists(pidFile);
	}

	private static void stop(ProcessHandle process) throws IOException {
		for (String signal : List.of("INT", "QUIT", "KILL")) {
			new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			if (GuardedProcess.ended(process, PATIENCE)) {
				return;
			}
		}
		throw new EmbeddedServerException("Process " + process.pid() + " is left over from before and does not stop.",
				"Stop it by hand: kill -9 " + process.pid());
	}

	private static Optional<ProcessHandle> process(Path pidFile) throws IOException {
		if (!Files.exists(pidFile)) {
			return Optional.empty();
		}
		return Files.readAllLines(pidFile)
			.stream()
			.findFirst()
			.map(String::trim)
			.filter((pid) -> pid.matches("\\d{1,18}"))
			.map(Long::valueOf)
			.flatMap(ProcessHandle::of)
			.filter(ProcessHandle::isAlive);
	}

	private static boolean worksIn(ProcessHandle process, Path folder) throws IOException {
		Path workingFolder = Path.of("/proc/" + process.pid() + "/cwd");
		if (Files.exists(workingFolder) && workingFolder.toRealPath().equals(folder.toRealPath())) {
			return true;
		}
		return process.info().commandLine().filter((line) -> line.contains(folder.toString())).isPresent();
	}

}
