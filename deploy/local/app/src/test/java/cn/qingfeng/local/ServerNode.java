package cn.qingfeng.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import cn.qingfeng.QingfengApplication;
import cn.qingfeng.platform.time.BusinessTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One server of several, in a process of its own that can be frozen and killed. It brings
 * no database, no Redis and no WeChat, only a clock to turn and accounts to log in.
 */
final class ServerNode {

	private static final Duration PATIENCE = Duration.ofSeconds(240);

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Map<String, String> settings;

	private final int port;

	private final Path log;

	private @Nullable Process process;

	private HttpClient http = client();

	ServerNode(String name, Map<String, String> settings, int port, Path folder) {
		this.settings = settings;
		this.port = port;
		this.log = folder.resolve(name + ".log");
	}

	private static HttpClient client() {
		return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
	}

	/** Calls take new lines: those to the process before are dead. */
	void start(Duration clockAhead) {
		this.http = client();
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
				"-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dstdout.encoding=UTF-8",
				"--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp",
				System.getProperty("java.class.path"), QingfengApplication.class.getName()));
		this.settings.forEach((name, value) -> command.add("--" + name + "=" + value));
		command.add("--qingfeng.local.port=" + this.port);
		command.add("--qingfeng.local.clock-ahead=" + clockAhead);
		try {
			this.process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile()))
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void awaitReady() {
		await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> !isAlive() || isReady());
		assertThat(isAlive()).as(output()).isTrue();
	}

	private boolean isReady() {
		return send(ApiCall.get("/actuator/health/readiness", null)).thenApply((answer) -> answer.statusCode() == 200)
			.exceptionally((ex) -> false)
			.join();
	}

	boolean isAlive() {
		return this.process != null && this.process.isAlive();
	}

	/** As {@code kill -9}. */
	void kill() {
		try {
			running().destroyForcibly().waitFor();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	void freeze() {
		signal("STOP");
	}

	void thaw() {
		signal("CONT");
	}

	private void signal(String signal) {
		try {
			Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(running().pid())).start();
			assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Process running() {
		return Objects.requireNonNull(this.process);
	}

	URI url() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

	int port() {
		return this.port;
	}

	CompletableFuture<HttpResponse<String>> send(ApiCall call) {
		return this.http.sendAsync(call.to(url()), BodyHandlers.ofString(StandardCharsets.UTF_8));
	}

	HttpResponse<String> answer(ApiCall call) {
		return send(call).join();
	}

	int status(ApiCall call) {
		return answer(call).statusCode();
	}

	/** The answer to a call that must succeed. */
	JsonNode json(ApiCall call) {
		HttpResponse<String> answer = answer(call);
		assertThat(answer.statusCode()).as("%s: %s", call.path(), answer.body()).isBetween(200, 299);
		return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
	}

	void turnClock(Instant now) {
		json(ApiCall.put("/_local/clock", null,
				Map.of("now", BusinessTime.now(Clock.fixed(now, BusinessTime.ZONE)).toString())));
	}

	String output() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
