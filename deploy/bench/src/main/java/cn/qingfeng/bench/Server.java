package cn.qingfeng.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import cn.qingfeng.QingfengApplication;

/**
 * The product in its own JVM, which can be started again.
 */
final class Server implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(180);

	private final HttpClient http = HttpClient.newHttpClient();

	private final int port = Ports.free();

	private final List<String> settings;

	private final List<String> flags;

	private final Path log;

	private ChildJvm jvm;

	Server(Map<String, String> settings, List<String> flags, Path log) {
		this.settings = new ArrayList<>();
		settings.forEach((name, value) -> this.settings.add("--" + name + "=" + value));
		this.settings.add("--qingfeng.local.port=" + this.port);
		this.flags = flags;
		this.log = log;
		this.jvm = start();
	}

	private ChildJvm start() {
		return ChildJvm.start(QingfengApplication.class, this.flags, this.settings, this.log);
	}

	/** Starts it anew, cold. */
	void restart() {
		this.jvm.close();
		this.jvm = start();
		awaitReady();
	}

	void awaitReady() {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (!isReady()) {
			this.jvm.requireAlive();
			if (System.nanoTime() > end) {
				throw new BenchException("The server does not become ready; its log is " + this.log);
			}
			Pause.of(Duration.ofMillis(50));
		}
	}

	private boolean isReady() {
		try {
			return this.http
				.send(HttpRequest.newBuilder(url().resolve("/actuator/health/readiness")).build(),
						BodyHandlers.discarding())
				.statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new BenchException("Interrupted", ex);
		}
	}

	byte[] fetch(String path, String token) {
		try {
			return this.http
				.send(HttpRequest.newBuilder(url().resolve(path)).header("Authorization", "Bearer " + token).build(),
						BodyHandlers.ofByteArray())
				.body();
		}
		catch (IOException ex) {
			throw new BenchException(path + " is not answered", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new BenchException("Interrupted", ex);
		}
	}

	URI url() {
		return URI.create("http://" + Ports.LOOPBACK + ":" + this.port);
	}

	int port() {
		return this.port;
	}

	/** That this process has used so far. */
	Duration cpu() {
		return this.jvm.cpu();
	}

	@Override
	public void close() {
		this.jvm.close();
	}

}
