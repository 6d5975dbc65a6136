package cn.qingfeng.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import cn.qingfeng.local.embedded.EmbeddedPostgres;
import cn.qingfeng.local.embedded.EmbeddedRedis;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.SandboxOptions;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A server that writes the whole roster dies in the middle of it, as of {@code kill -9}.
 */
class KilledInTheMiddleIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int ROSTER = 1_000;

	private static final int NEWCOMERS = 1_000;

	private static final String FORMER_KEY = secret("the key of all the years before.");

	private static final String PRESENT_KEY = secret("the key from this day on, for us.");

	private static final String BOUNDARY = "----qingfeng";

	@TempDir
	Path folder;

	@Test
	void theNextServerFinishesWhatTheKilledOneHadBegun() throws IOException, InterruptedException {
		try (EmbeddedPostgres postgres = EmbeddedPostgres.start(this.folder.resolve("postgres"), 0);
				EmbeddedRedis redis = EmbeddedRedis.start(this.folder.resolve("redis"), 0);
				Sandbox wechat = Sandbox.start(SandboxOptions.usual())) {
			Map<String, String> settings = settings(postgres, redis, wechat);
			ServerNode before = new ServerNode("before", with(settings, FORMER_KEY, ""), freePort(), this.folder);
			ServerNode after = new ServerNode("after", with(settings, PRESENT_KEY, FORMER_KEY), freePort(),
					this.folder);
			try {
				Witness witness = new Witness(postgres);
				keysAreRotated(before, after, witness);
				theRosterIsImported(after, witness);
			}
			finally {
				Stream.of(before, after).filter(ServerNode::isAlive).forEach(ServerNode::kill);
			}
		}
	}

	private void keysAreRotated(ServerNode before, ServerNode after, Witness witness) {
		start(before);
		witness.watch();
		Map<String, String> phones = phones(before);
		assertThat(phones).hasSize(20);
		String former = keysInUse(witness).getFirst();
		before.kill();
		try (Witness.Gate gate = witness.gate("member", nameInTheMiddle(witness))) {
			start(after);
			gate.awaitSomebody();
			after.kill();
		}
		long left = witness.number("SELECT count(*) FROM member WHERE phone_key = ?", former);
		assertThat(left).isBetween(1L, ROSTER - 1L);
		start(after);
		await().atMost(PATIENCE).until(() -> !keysInUse(witness).contains(former));
		assertThat(keysInUse(witness)).hasSize(1);
		assertThat(phones(after)).isEqualTo(phones);
	}

	private void theRosterIsImported(ServerNode server, Witness witness) throws IOException, InterruptedException {
		String admin = admin(server);
		long members = witness.number("SELECT count(*) FROM member");
		String commit = "/api/admin/v1/members/imports/" + upload(server, admin) + "/commit";
		try (Witness.Gate gate = witness.gate("member", name(NEWCOMERS - 1))) {
			server.send(ApiCall.post(commit, admin, null));
			gate.awaitSomebody();
			server.kill();
		}
		start(server);
		await().atMost(PATIENCE)
			.until(() -> witness.number("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'INSERT INTO member %'"
					+ " AND state <> 'idle'") == 0);
		assertThat(witness.number("SELECT count(*) FROM member")).isEqualTo(members);
		String again = admin(server);
		assertThat(server.json(ApiCall.post(commit, again, null)).get("added").asInt()).isEqualTo(NEWCOMERS);
		assertThat(witness.number("SELECT count(*) FROM member")).isEqualTo(members + NEWCOMERS);
		assertThat(server.json(ApiCall.post(commit, again, null)).get("added").asInt()).isEqualTo(NEWCOMERS);
		assertThat(witness.number("SELECT count(*) FROM member")).isEqualTo(members + NEWCOMERS);
	}

	/** By member, in clear. */
	private static Map<String, String> phones(ServerNode server) {
		String admin = admin(server);
		Map<String, String> phones = new LinkedHashMap<>();
		for (JsonNode member : server.json(ApiCall.get("/api/admin/v1/members?limit=20", admin)).get("items")) {
			String id = member.get("id").asString();
			String phone = server
				.json(ApiCall.post("/api/admin/v1/members/" + id + "/phone-views", admin, Map.of("purpose", "核对密钥更换")))
				.get("phone")
				.asString();
			phones.put(id, phone);
		}
		return phones;
	}

	private static String admin(ServerNode server) {
		return server
			.json(ApiCall.post("/api/admin/v1/sessions", null,
					Map.of("username", "admin", "password", LocalAccounts.PASSWORD)))
			.get("token")
			.asString();
	}

	private static List<String> keysInUse(Witness witness) {
		return witness.rows("SELECT DISTINCT phone_key FROM member").stream().map(List::getFirst).toList();
	}

	private static String nameInTheMiddle(Witness witness) {
		return witness.rows("SELECT name FROM member ORDER BY id OFFSET ? LIMIT 1", ROSTER / 2).getFirst().getFirst();
	}

	/** Returns the id of the preview. */
	private static String upload(ServerNode server, String admin) throws IOException, InterruptedException {
		String unit = server.json(ApiCall.get("/api/admin/v1/units", admin)).get("items").get(5).get("name").asString();
		StringBuilder table = new StringBuilder("姓名,手机,单位\n");
		IntStream.range(0, NEWCOMERS)
			.forEach((n) -> table.append("%s,1871437%04d,%s\n".formatted(name(n), 1_000 + n, unit)));
		String body = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"roster.csv\"\r\n"
				+ "Content-Type: text/csv\r\n\r\n\ufeff" + table + "\r\n--" + BOUNDARY + "--\r\n";
		HttpRequest upload = HttpRequest.newBuilder(server.url().resolve("/api/admin/v1/members/imports"))
			.header("Authorization", "Bearer " + admin)
			.header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
			.POST(BodyPublishers.ofString(body))
			.build();
		try (HttpClient http = HttpClient.newHttpClient()) {
			JsonNode preview = JsonMapper.shared().readTree(http.send(upload, BodyHandlers.ofString()).body());
			assertThat(preview.path("added").asInt()).as("%s", preview).isEqualTo(NEWCOMERS);
			return preview.get("id").asString();
		}
	}

	private static String name(int n) {
		String digits = "零一二三四五六七八九";
		StringBuilder name = new StringBuilder("鲲");
		"%03d".formatted(n).chars().forEach((digit) -> name.append(digits.charAt(digit - '0')));
		return name.toString();
	}

	private static void start(ServerNode server) {
		server.start(Duration.ZERO);
		server.awaitReady();
	}

	private Map<String, String> settings(EmbeddedPostgres postgres, EmbeddedRedis redis, Sandbox wechat)
			throws IOException {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("spring.r2dbc.url", postgres.r2dbcUrl(postgres.database()));
		settings.put("spring.r2dbc.username", postgres.appUser());
		settings.put("spring.r2dbc.password", postgres.password());
		settings.put("spring.flyway.url", postgres.jdbcUrl(postgres.database()));
		settings.put("spring.flyway.user", postgres.user());
		settings.put("spring.flyway.password", postgres.password());
		settings.put("spring.data.redis.host", redis.host());
		settings.put("spring.data.redis.port", Integer.toString(redis.port()));
		settings.put("qingfeng.privacy.index-key", secret("what people are searched for by."));
		settings.put("qingfeng.seeds.roster-size", Integer.toString(ROSTER));
		settings.put("qingfeng.local.data", this.folder.resolve("data").toString());
		settings.put("qingfeng.local.stop-with-parent", "true");
		settings.put("qingfeng.wechat.public-base-url", "http://127.0.0.1:" + freePort());
		Stream.of("api-host", "open-host", "mp-host")
			.forEach((name) -> settings.put("qingfeng.wechat." + name, wechat.baseUrl()));
		settings.putAll(account("mp", wechat.apps().service()));
		settings.putAll(account("mini-program", wechat.apps().mini()));
		return settings;
	}

	private static Map<String, String> with(Map<String, String> settings, String key, String formerKeys) {
		Map<String, String> all = new LinkedHashMap<>(settings);
		all.put("qingfeng.privacy.key", key);
		all.put("qingfeng.privacy.former-keys", formerKeys);
		return all;
	}

	private static Map<String, String> account(String name, AppRegistration app) {
		String prefix = "qingfeng.wechat." + name + ".";
		return Map.of(prefix + "app-id", app.appid(), prefix + "secret", app.secret(), prefix + "token", app.token(),
				prefix + "aes-key", app.aesKey(), prefix + "mode", app.mode().name(), prefix + "format",
				app.format().name());
	}

	private static String secret(String text) {
		return Base64.getEncoder().encodeToString(text.substring(0, 32).getBytes(StandardCharsets.US_ASCII));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
