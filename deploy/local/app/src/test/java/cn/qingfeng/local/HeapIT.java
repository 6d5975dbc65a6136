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
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import cn.qingfeng.QingfengApplication;
import cn.qingfeng.local.embedded.EmbeddedPostgres;
import cn.qingfeng.local.embedded.EmbeddedRedis;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.SandboxOptions;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import cn.qingfeng.member.privacy.IdNumber;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What stays in the memory of a server after its requests: phone numbers and tokens pass
 * through it and are gone within a minute. WeChat and the databases are processes of
 * their own here, so that the heap is the server's alone.
 */
class HeapIT {

	private static final int PEOPLE = 100;

	private static final String BOUNDARY = "----qingfeng";

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final JsonMapper JSON = JsonMapper.shared();

	@TempDir
	Path folder;

	private URI server = URI.create("http://127.0.0.1");

	@Test
	void whatPassedThroughRequestsIsNotInTheHeapAfterwards() throws IOException, InterruptedException {
		try (EmbeddedPostgres postgres = EmbeddedPostgres.start(this.folder.resolve("postgres"), 0);
				EmbeddedRedis redis = EmbeddedRedis.start(this.folder.resolve("redis"), 0);
				Sandbox sandbox = Sandbox.start(SandboxOptions.usual())) {
			int port = freePort();
			this.server = URI.create("http://127.0.0.1:" + port);
			Process process = start(postgres, redis, sandbox, port);
			try {
				awaitReady(process);
				List<String> seeds = takePart(sandbox);
				assertThat(leftAfterAMinute(process, seeds)).isEmpty();
			}
			finally {
				process.destroyForcibly().waitFor();
			}
		}
	}

	/** The last answers of WeChat lie in connections that are kept for half a minute. */
	private Map<String, String> leftAfterAMinute(Process process, List<String> seeds)
			throws IOException, InterruptedException {
		for (int second = 0; second < 60; second += 10) {
			Path file = this.folder.resolve("server-%d.hprof".formatted(second));
			if (HeapDump.of(process, file).found(seeds).isEmpty()) {
				return Map.of();
			}
			Files.delete(file);
			TimeUnit.SECONDS.sleep(10);
		}
		return HeapDump.of(process, this.folder.resolve("server.hprof")).found(seeds);
	}

	@Test
	void aHeapDumpIsSearchedForTextInEveryFormThatJavaHas() throws IOException {
		Path dump = this.folder.resolve("made-up.hprof");
		for (byte[] form : List.of("seed-13".getBytes(StandardCharsets.UTF_8),
				"seed-13".getBytes(StandardCharsets.UTF_16LE), "seed-13".getBytes(StandardCharsets.UTF_16BE))) {
			byte[] content = new byte[1_000];
			System.arraycopy(form, 0, content, 500, form.length);
			Files.write(dump, content);
			assertThat(new HeapDump(dump).found(List.of("seed-13", "seed-14"))).containsOnlyKeys("seed-13");
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
		List<String> phones = IntStream.range(0, PEOPLE).mapToObj((n) -> "1861437%04d".formatted(7000 + n)).toList();
		seeds.addAll(phones);
		List<String> idNumbers = IntStream.range(0, PEOPLE).mapToObj(HeapIT::idNumber).toList();
		seeds.addAll(idNumbers);
		importRoster(admin, phones, idNumbers);
		for (int n = 0; n < PEOPLE; n++) {
			String person = sandbox.people().add(name(n), phones.get(n)).id();
			String token = send("POST", "/api/v1/sessions", null, Map.of("code", sandbox.people().wxLogin(person)))
				.path("token")
				.asString();
			seeds.add(token);
			send("PUT", "/api/v1/me/binding", token, Map.of("name", name(n), "phoneCode",
					sandbox.people().phoneCode(person), "privacyNotice", "2026-11"));
			assertThat(send("GET", "/api/v1/me/export", token, null).toString()).contains(phones.get(n),
					idNumbers.get(n));
		}
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

	private void importRoster(String admin, List<String> phones, List<String> idNumbers)
			throws IOException, InterruptedException {
		String unit = send("GET", "/api/admin/v1/units", admin, null).path("items").get(5).path("name").asString();
		StringBuilder table = new StringBuilder("姓名,手机,身份证号,单位\n");
		for (int n = 0; n < PEOPLE; n++) {
			table.append("%s,%s,%s,%s\n".formatted(name(n), phones.get(n), idNumbers.get(n), unit));
		}
		String body = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"roster.csv\"\r\n"
				+ "Content-Type: text/csv\r\n\r\n\ufeff" + table + "\r\n--" + BOUNDARY + "--\r\n";
		HttpRequest upload = request("/api/admin/v1/members/imports", admin)
			.header("content-type", "multipart/form-data; boundary=" + BOUNDARY)
			.POST(BodyPublishers.ofString(body))
			.build();
		JsonNode preview = answer(upload);
		assertThat(preview.path("added").asInt()).isEqualTo(PEOPLE);
		send("POST", "/api/admin/v1/members/imports/" + preview.path("id").asString() + "/commit", admin, null);
	}

	private static String idNumber(int n) {
		return IntStream.rangeClosed(0, 10)
			.mapToObj((check) -> "37028519630214%03d".formatted(400 + n) + "0123456789X".charAt(check))
			.filter((candidate) -> IdNumber.parse(candidate).isPresent())
			.findFirst()
			.orElseThrow();
	}

	private static String name(int n) {
		String digits = "零一二三四五六七八九";
		return "鲸" + digits.charAt(n / 10) + digits.charAt(n % 10) + "鲲";
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
