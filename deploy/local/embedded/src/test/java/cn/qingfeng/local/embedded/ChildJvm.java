package cn.qingfeng.local.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A running {@link ServersProbe}.
 */
record ChildJvm(Process process, long postgresPid, int postgresPort, long redisPid, int redisPort) {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	static ChildJvm start(Path folder) throws IOException {
		return start(List.of(), System.getProperty("java.class.path"), folder);
	}

	static ChildJvm start(List<String> prefix, String classPath, Path folder) throws IOException {
		List<String> command = new ArrayList<>(prefix);
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx128m", "-cp",
				classPath, ServersProbe.class.getName(), folder.toString()));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		StringBuilder output = new StringBuilder();
		BufferedReader reader = process.inputReader();
		for (String line = reader.readLine(); line != null; line = reader.readLine()) {
			output.append(line).append('\n');
			if (line.startsWith("ready ")) {
				String[] words = line.split(" ");
				return new ChildJvm(process, Long.parseLong(words[1]), Integer.parseInt(words[2]),
						Long.parseLong(words[3]), Integer.parseInt(words[4]));
			}
		}
		throw new IllegalStateException(output.toString());
	}

	void kill() {
		this.process.destroyForcibly();
		assertThat(GuardedProcess.ended(this.process.toHandle(), PATIENCE)).isTrue();
	}

	/**
	 * Kills the shells that guard the servers, and then the JVM: the servers are orphans.
	 */
	void killWithGuards() {
		List<ProcessHandle> guards = this.process.descendants()
			.filter((process) -> process.info().command().filter((command) -> command.endsWith("sh")).isPresent())
			.toList();
		assertThat(guards).isNotEmpty();
		guards.forEach(ProcessHandle::destroyForcibly);
		kill();
	}

	static boolean ended(long pid) {
		return ProcessHandle.of(pid).map((process) -> GuardedProcess.ended(process, PATIENCE)).orElse(true);
	}

}
