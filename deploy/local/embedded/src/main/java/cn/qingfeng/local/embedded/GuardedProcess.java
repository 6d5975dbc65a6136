package cn.qingfeng.local.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server that ends when we do, however we end. A shell stands between: it holds our
 * pipe as its standard input, so even after a {@code kill -9} of this JVM it reads the
 * end of the pipe and asks the server to shut down.
 */
final class GuardedProcess {

	private static final String GUARD = """
			exec 3<&0
			"$@" </dev/null 3<&- &
			server=$!
			{ while read -r _; do :; done <&3; kill -INT "$server" 2>/dev/null; } &
			guard=$!
			exec 3<&-
			wait "$server"
			status=$?
			kill "$guard" 2>/dev/null
			exit "$status"
			""";

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Process shell;

	private final Path log;

	private GuardedProcess(Process shell, Path log) {
		this.shell = shell;
		this.log = log;
	}

	static GuardedProcess start(List<String> command, Path log) throws IOException {
		List<String> guarded = new ArrayList<>(List.of("sh", "-c", GUARD, "guard"));
		guarded.addAll(command);
		Process shell = new ProcessBuilder(Platform.inOwnSession(guarded)).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
			.start();
		return new GuardedProcess(shell, log);
	}

	boolean isAlive() {
		return this.shell.isAlive();
	}

	boolean isParentOf(long pid) {
		return this.shell.descendants().anyMatch((process) -> process.pid() == pid);
	}

	void stop() throws IOException {
		List<ProcessHandle> started = this.shell.descendants().toList();
		this.shell.getOutputStream().close();
		if (!ended(this.shell.toHandle(), PATIENCE)) {
			started.forEach(ProcessHandle::destroyForcibly);
			this.shell.destroyForcibly();
		}
	}

	EmbeddedServerException stoppedAtOnce(String server) throws IOException {
		return new EmbeddedServerException(server + " stopped at once: " + lastWords(), "Its log is " + this.log);
	}

	private String lastWords() throws IOException {
		List<String> lines = new String(Files.readAllBytes(this.log), StandardCharsets.UTF_8).lines().toList();
		return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 5), lines.size()));
	}

	static boolean succeeded(Process process, Duration patience) {
		try {
			return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS) && process.exitValue() == 0;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Waits although the thread is interrupted: a server that is not waited for would
	 * still hold its folder at the next start. It looks for itself because the news of a
	 * process's end travels through a pool that a shutdown may keep busy.
	 */
	static boolean ended(ProcessHandle process, Duration patience) {
		long end = System.nanoTime() + patience.toNanos();
		boolean interrupted = false;
		while (process.isAlive() && System.nanoTime() < end) {
			try {
				TimeUnit.MILLISECONDS.sleep(10);
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return !process.isAlive();
	}

}
