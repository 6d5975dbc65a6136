package cn.qingfeng.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The jar that goes to production, as a process of its own with nothing but the given
 * environment.
 */
record ProductionServer(Process process, Path log, int port) implements AutoCloseable {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	/** The jar of this build; {@code mvn package} makes it before these tests run. */
	static Path jar() {
		Path target = Path.of("../../../server/target");
		try (Stream<Path> files = Files.list(target)) {
			return files.filter((file) -> file.getFileName().toString().endsWith("-exec.jar"))
				.findFirst()
				.orElseThrow(() -> new IllegalStateException("server/target holds no -exec.jar: run mvn package"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static ProductionServer start(Map<String, String> environment, int port, Path folder) throws IOException {
		Path log = folder.resolve("server.log");
		ProcessBuilder builder = new ProcessBuilder(
				List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx384m",
						"--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar",
						jar().toAbsolutePath().toString()))
			.directory(folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile());
		builder.environment().clear();
		builder.environment().put("PATH", "/usr/bin:/bin");
		builder.environment().put("SERVER_PORT", Integer.toString(port));
		builder.environment().putAll(environment);
		return new ProductionServer(builder.start(), log, port);
	}

	boolean becomesReady(Duration patience) throws InterruptedException, IOException {
		long end = System.nanoTime() + patience.toNanos();
		while (System.nanoTime() < end && this.process.isAlive()) {
			HttpResponse<String> answer = tryGet("/actuator/health/readiness");
			if (answer != null && answer.statusCode() == 200) {
				return true;
			}
			TimeUnit.MILLISECONDS.sleep(200);
		}
		return false;
	}

	boolean says(String text, Duration patience) throws InterruptedException, IOException {
		long end = System.nanoTime() + patience.toNanos();
		while (!output().contains(text) && System.nanoTime() < end) {
			TimeUnit.MILLISECONDS.sleep(200);
		}
		return output().contains(text);
	}

	HttpResponse<String> get(String path) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.timeout(Duration.ofSeconds(30))
			.build();
		return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
	}

	private @Nullable HttpResponse<String> tryGet(String path) throws InterruptedException {
		try {
			return get(path);
		}
		catch (IOException ex) {
			return null;
		}
	}

	String output() throws IOException {
		return Files.readString(this.log);
	}

	/** Asks it to stop as a container engine would. */
	int stop() throws InterruptedException {
		this.process.destroy();
		if (!this.process.waitFor(60, TimeUnit.SECONDS)) {
			throw new IllegalStateException("the server does not stop");
		}
		return this.process.exitValue();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
