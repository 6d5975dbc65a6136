package cn.qingfeng.local.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The machine we run on: which binaries fit, and which user we are.
 */
final class Platform {

	private static final Path SELF = Path.of("/proc/self");

	private Platform() {
	}

	static String postgresArchive() {
		return "/postgres-" + (isMac() ? "darwin" : "linux") + "-" + (isArm() ? "arm_64" : "x86_64") + ".txz";
	}

	static String redisExecutable() {
		if (isMac()) {
			return "/redis-server-6.2.6-v5-darwin-" + (isArm() ? "arm64" : "amd64");
		}
		return isArm() ? "/redis-server-6.2.7-linux-arm64" : "/redis-server-6.2.6-v5-linux-amd64";
	}

	/**
	 * PostgreSQL refuses to run as root. In a user namespace without a mapping it sees
	 * itself as nobody, while the kernel still treats the files as root's.
	 */
	static List<String> asOrdinaryUser(List<String> command) throws IOException {
		if (!isRoot()) {
			return command;
		}
		List<String> prefixed = new ArrayList<>(List.of("unshare", "-U"));
		if (!succeeds(List.of("unshare", "-U", "true"))) {
			throw new EmbeddedServerException(
					"PostgreSQL does not run as root, and this machine gives root no user namespace (unshare -U).",
					"Start as an ordinary user, or configure spring.r2dbc.url for a PostgreSQL of your own.");
		}
		prefixed.addAll(command);
		return prefixed;
	}

	/**
	 * A session of its own keeps the terminal's Ctrl-C away from the servers: they stop
	 * after the application, not beside it.
	 */
	static List<String> inOwnSession(List<String> command) throws IOException {
		if (isMac() || !succeeds(List.of("setsid", "true"))) {
			return command;
		}
		List<String> prefixed = new ArrayList<>(List.of("setsid"));
		prefixed.addAll(command);
		return prefixed;
	}

	static boolean isRoot() throws IOException {
		return Files.exists(SELF) && Files.getAttribute(SELF, "unix:uid").equals(0);
	}

	private static boolean isMac() {
		return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
	}

	private static boolean isArm() {
		String architecture = System.getProperty("os.arch");
		return "aarch64".equals(architecture) || "arm64".equals(architecture);
	}

	private static boolean succeeds(List<String> command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
