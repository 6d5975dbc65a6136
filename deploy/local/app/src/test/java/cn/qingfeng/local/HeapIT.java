package cn.qingfeng.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import cn.qingfeng.QingfengApplication;
import cn.qingfeng.local.embedded.EmbeddedPostgres;
import cn.qingfeng.local.embedded.EmbeddedRedis;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.SandboxOptions;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What stays in the memory of a server after its requests: phone numbers, identity
 * numbers and tokens pass through it and are gone within a minute. WeChat and the
 * databases are processes of their own here, so that the heap is the server's alone.
 */
class HeapIT {

	private static final int PEOPLE = 100;

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final JsonMapper JSON = JsonMapper.shared();

	@TempDir
	Path folder;

	private URI server = URI.create("http://127.0.0.1");

	@Test
	void whatPassedThroughRequestsIsNeitherInTheHeapNorOnDiskAfterwards() throws IOException, InterruptedException {
		List<String> seeds = new ArrayList<>();
		try (EmbeddedPostgres postgres = EmbeddedPostgres.start(this.folder.resolve("postgres"), 0);
				EmbeddedRedis redis = EmbeddedRedis.start(this.folder.resolve("redis"), 0);
				Sandbox sandbox = Sandbox.start(SandboxOptions.usual())) {
			int port = freePort();
			this.server = URI.create("http://127.0.0.1:" + port);
			Process process = start(postgres, redis, sandbox, port);
			try {
				awaitReady(process);
				seeds.addAll(takePart(sandbox));
				assertThat(leftAfterAMinute(process, seeds)).isEmpty();
			}
			finally {
				process.destroyForcibly().waitFor();
			}
		}
		assertThat(onDisk(seeds)).isEmpty();
		assertThat(onDisk(List.of(Roster.of(1).people().getFirst().name()))).isNotEmpty();
	}

	/** The last answers of WeChat lie in connections that are kept for half a minute. */
	private Map<String, String> leftAfterAMinute(Process process, List<String> seeds)
			throws IOException, InterruptedException {
		for (int second = 0; second < 60; second += 10) {
			Path file = this.folder.resolve("server-%d.hprof".formatted(second));
			Map<String, String> found = SearchedFile.heapOf(process, file).found(seeds);
			Files.delete(file);
			if (found.isEmpty()) {
				return found;
			}
			TimeUnit.SECONDS.sleep(10);
		}
		return SearchedFile.heapOf(process, this.folder.resolve("server.hprof")).found(seeds);
	}

	/**
	 * What a backup copies: the files of the databases, the write-ahead log, the logs.
	 */
	private Map<String, String> onDisk(List<String> texts) throws IOException {
		Map<String, String> found = new TreeMap<>();
		try (Stream<Path> files = Files.walk(this.folder)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				new SearchedFile(file).found(texts).forEach((text, around) -> found.put(text, file + ": " + around));
			}
		}
		return found;
	}

	@Test
	void aHeapDumpIsSearchedForTextInEveryFormThatJavaHas() throws IOException {
		Path dump = this.folder.resolve("made-up.hprof");
		for (byte[] form : List.of("seed-13".getBytes(StandardCharsets.UTF_8),
				"seed-13".getBytes(StandardCharsets.UTF_16LE), "seed-13".getBytes(StandardCharsets.UTF_16BE))) {
			byte[] content = new byte[1_000];
			System.arraycopy(form, 0, content, 500, form.length);
			Files.write(dump, content);
			assertThat(new SearchedFile(dump).found(List.of("seed-13", "seed-14"))).containsOnlyKeys("seed-13");
		}
	}

	private Process start(EmbeddedPostgres postgres, EmbeddedRedis redis, Sandbox sandbox, int port)
			throws IOException {
		postgres.createDatabase("heap", "template1");
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx400m", "-XX:+UseSerialGC",
						"--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp",
						System.getProperty("java.class.path"), QingfengApplication.class.getName()));
		command.addAll(List.of("--server.port=" + port, "--qingfeng.local.port=" + port,
				"--qingfeng.local.data=" + this.folder.resolve("data"),
				"--spring.r2dbc.url=" + postgres.r2dbcUrl("heap"), "--spring.r2dbc.username=" + postgres.appUser(),
				"--spring.r2dbc.password=" + postgres.password(), "--spring.flyway.url=" + postgres.jdbcUrl("heap"),
				"--spring.flyway.user=" + postgres.user(), "--spring.flyway.password=" + postgres.password(),
				"--spring.data.redis.host=" + redis.host(), "--spring.data.redis.port=" + redis.port(),
				"--qingfeng.wechat.public-base-url=" + this.server));
		for (String host : List.of("api-host", "open-host", "mp-host")) {
			command.add("--qingfeng.wechat." + host + "=" + sandbox.baseUrl());
		}
		command.addAll(account("mp", sandbox.apps().service()));
		command.addAll(account("mini-program", sandbox.apps().mini()));
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("server.log").toFile())
			.start();
	}

	private static List<String> account(String name, AppRegistration app) {
		String prefix = "--qingfeng.wechat." + name + ".";
		return List.of(prefix + "app-id=" + app.appid(), prefix + "secret=" + app.secret(),
				prefix + "token=" + app.token(), prefix + "aes-key=" + app.aesKey(), prefix + "format=" + app.format());
	}

	private void awaitReady(Process process) throws IOException, InterruptedException {
		for (int tenth = 0; tenth < 1_800 && process.isAlive(); tenth++) {
			if (isReady()) {
				return;
			}
			TimeUnit.MILLISECONDS.sleep(100);
		}
		throw new IllegalStateException(Files.readString(this.folder.resolve("server.log")));
	}

	private boolean isReady() throws InterruptedException {
		try {
			HttpRequest request = HttpRequest.newBuilder(this.server.resolve("/actuator/health/readiness")).build();
			return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Everything that must not be left. */
	private List<String> takePart(Sandbox sandbox) throws IOException, InterruptedException {
		List<String> seeds = new ArrayList<>();
		String admin = staff();
		seeds.add(admin);
		Roster roster = Roster.of(PEOPLE);
		roster.people().forEach((person) -> seeds.addAll(List.of(person.phone(), person.idNumber())));
		importRoster(admin, roster);
		for (Roster.Person entry : roster.people()) {
			String person = sandbox.people().add(entry.name(), entry.phone()).id();
			String token = send("POST", "/api/v1/sessions", null, Map.of("code", sandbox.people().wxLogin(person)))
				.path("token")
				.asString();
			seeds.add(token);
			send("PUT", "/api/v1/me/binding", token, Map.of("name", entry.name(), "phoneCode",
					sandbox.people().phoneCode(person), "privacyNotice", "2026-11"));
			assertThat(send("GET", "/api/v1/me/export", token, null).toString()).contains(entry.phone(),
					entry.idNumber());
		}
		exportInClear(admin, roster);
		for (JsonNode member : send("GET", "/api/admin/v1/members?limit=20", admin, null).path("items")) {
			send("POST", "/api/admin/v1/members/" + member.path("id").asString() + "/phone-views", admin,
					Map.of("purpose", "核对报名信息"));
		}
		somethingElse();
		return seeds;
	}

	private String staff() throws IOException, InterruptedException {
		return send("POST", "/api/admin/v1/sessions", null,
				Map.of("username", "admin", "password", LocalAccounts.PASSWORD))
			.path("token")
			.asString();
	}

	/** Requests of others, over which buffers are used again. */
	private void somethingElse() throws IOException, InterruptedException {
		for (int i = 0; i < 200; i++) {
			send("GET", "/api/v1/articles?limit=100", null, null);
		}
	}

	private void importRoster(String admin, Roster roster) throws IOException, InterruptedException {
		String unit = send("GET", "/api/admin/v1/units", admin, null).path("items").get(5).path("name").asString();
		JsonNode preview = answer(roster.upload(this.server, admin, unit));
		assertThat(preview.path("added").asInt()).isEqualTo(PEOPLE);
		send("POST", "/api/admin/v1/members/imports/" + preview.path("id").asString() + "/commit", admin, null);
		JsonNode again = answer(roster.upload(this.server, admin, unit));
		assertThat(again.path("unchanged").asInt()).isEqualTo(PEOPLE);
	}

	/** Both forms of the table that has every number in clear. */
	private void exportInClear(String admin, Roster roster) throws IOException, InterruptedException {
		for (String format : List.of("csv", "xlsx")) {
			HttpRequest export = request("/api/admin/v1/members/clear-export", admin)
				.header("content-type", "application/json")
				.POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("purpose", "核对身份", "format", format))))
				.build();
			HttpResponse<String> table = HTTP.send(export, BodyHandlers.ofString());
			assertThat(table.statusCode()).isEqualTo(200);
			assertThat(table.body().contains(roster.people().getLast().idNumber())).isEqualTo(format.equals("csv"));
		}
	}

	private JsonNode send(String method, String path, @Nullable String token, @Nullable Object body)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = request(path, token).method(method,
				(body != null) ? BodyPublishers.ofString(JSON.writeValueAsString(body)) : BodyPublishers.noBody());
		return answer(request.header("content-type", "application/json").build());
	}

	private HttpRequest.Builder request(String path, @Nullable String token) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.server.resolve(path)).timeout(Duration.ofSeconds(60));
		return (token != null) ? request.header("authorization", "Bearer " + token) : request;
	}

	private static JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
		HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
		assertThat(response.statusCode()).as("%s answers %s", request.uri(), response.body()).isBetween(200, 299);
		return response.body().isEmpty() ? JSON.nullNode() : Objects.requireNonNull(JSON.readTree(response.body()));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
