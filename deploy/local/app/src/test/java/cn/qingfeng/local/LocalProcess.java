package cn.qingfeng.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import cn.qingfeng.QingfengApplication;

/**
 * What the one command starts, in a process of its own that can be killed.
 */
record LocalProcess(Process process, Path log, Path data) implements AutoCloseable {

	private static final int PATIENCE_SECONDS = 240;

	/**
	 * Starts it and waits.
	 * @param settings further arguments, such as {@code --name=value}
	 */
	static LocalProcess start(Path folder, String... settings) throws IOException, InterruptedException {
		Path data = folder.resolve("data");
		Path log = folder.resolve("server.log");
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
				"-Xmx512m", "-Dstdout.encoding=UTF-8", "--enable-native-access=ALL-UNNAMED",
				"--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path"),
				QingfengApplication.class.getName(), "--qingfeng.local.data=" + data, "--qingfeng.local.port=0",
				"--qingfeng.local.sandbox.port=0"));
		command.addAll(List.of(settings));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		LocalProcess started = new LocalProcess(process, log, data);
		started.awaitGuide();
		return started;
	}

	private void awaitGuide() throws IOException, InterruptedException {
		for (int second = 0; second < PATIENCE_SECONDS && this.process.isAlive(); second++) {
			if (output().contains("Ctrl-C")) {
				return;
			}
			TimeUnit.SECONDS.sleep(1);
		}
		this.process.destroyForcibly();
		throw new IllegalStateException(output());
	}

	String output() throws IOException {
		return Files.readString(this.log);
	}

	String url() throws IOException {
		return addressOf("Member page");
	}

	String sandboxUrl() throws IOException {
		return addressOf("Sandbox phone");
	}

	private String addressOf(String name) throws IOException {
		return output().lines()
			.filter((line) -> line.contains(name))
			.map((line) -> line.replaceFirst(".*(http://[^/]+)/.*", "$1"))
			.findFirst()
			.orElseThrow();
	}

	/** Asks it to stop and waits. */
	int stop() throws InterruptedException {
		this.process.destroy();
		this.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
		return this.process.exitValue();
	}

	void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	/** Whether every process that it started ends, too. */
	boolean leavesNothing() throws InterruptedException {
		for (int tenth = 0; tenth < PATIENCE_SECONDS * 10; tenth++) {
			if (ProcessHandle.allProcesses().noneMatch(this::worksForIt)) {
				return true;
			}
			TimeUnit.MILLISECONDS.sleep(100);
		}
		return false;
	}

	private boolean worksForIt(ProcessHandle process) {
		return process.info().commandLine().filter((line) -> line.contains(this.data.toString())).isPresent();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
