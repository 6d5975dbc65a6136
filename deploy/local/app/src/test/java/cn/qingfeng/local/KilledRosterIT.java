package cn.qingfeng.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import cn.qingfeng.local.Roster.Person;
import cn.qingfeng.local.Witness.Gate;
import cn.qingfeng.local.embedded.EmbeddedPostgres;
import cn.qingfeng.local.embedded.EmbeddedRedis;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.SandboxOptions;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A server that is killed as by {@code kill -9} while it works on the whole roster. The
 * work is held up in its middle, so that the server dies there each time.
 */
class KilledRosterIT {

	private static final int PEOPLE = 4_200;

	private static final int MIDDLE = 2_100;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String IMPORTS = "/api/admin/v1/members/imports";

	private static final String FIRST_KEY = key("the key of the first year");

	private static final String NEW_KEY = key("the key of the second year");

	private final Roster roster = Roster.of(PEOPLE);

	private final Map<String, String> settings = new LinkedHashMap<>();

	private EmbeddedPostgres postgres;

	private EmbeddedRedis redis;

	private Sandbox wechat;

	private Witness witness;

	private ServerNode server;

	private String admin;

	private String unit;

	@BeforeEach
	void start(@TempDir Path folder) throws IOException {
		this.postgres = EmbeddedPostgres.start(folder.resolve("postgres"), 0);
		this.redis = EmbeddedRedis.start(folder.resolve("redis"), 0);
		this.wechat = Sandbox.start(SandboxOptions.usual());
		this.witness = new Witness(this.postgres);
		settings(folder);
		this.server = new ServerNode("killed", this.settings, freePort(), folder);
		startServer();
		this.witness.watch();
		this.witness.guardByNumber("member", "INSERT OR UPDATE OF id_key");
		this.unit = this.server.json(ApiCall.get("/api/admin/v1/units", this.admin))
			.get("items")
			.get(5)
			.get("name")
			.asString();
	}

	@AfterEach
	void stop() {
		Stream.<Runnable>of(this.server::kill, this.wechat::close, this.redis::close, this.postgres::close)
			.forEach(Runnable::run);
	}

	@Test
	void anImportWhoseServerIsKilledAddsNobodyAndIsCommittedByTheNextServerOnce() {
		String preview = preview().get("id").asString();
		try (Gate gate = gateInTheMiddle()) {
			CompletableFuture<?> commit = this.server.send(commit(preview));
			gate.awaitSomebody();
			JsonNode halfWay = this.server.json(ApiCall.get(IMPORTS + "/" + preview, this.admin));
			assertThat(halfWay.get("state").asString()).isEqualTo("COMMITTING");
			assertThat(halfWay.get("rowsWritten").asInt()).isBetween(1, PEOPLE - 1);
			this.server.kill();
			assertThat(commit).failsWithin(PATIENCE);
		}
		awaitNobodyWrites();
		assertThat(imported()).isZero();
		startServer();
		JsonNode again = this.server.json(ApiCall.get(IMPORTS + "/" + preview, this.admin));
		assertThat(again.get("state").asString()).isEqualTo("PREVIEW");
		assertThat(again.get("rowsWritten").asInt()).isZero();
		JsonNode committed = this.server.json(commit(preview));
		assertThat(committed.get("state").asString()).isEqualTo("COMMITTED");
		assertThat(committed.get("added").asInt()).isEqualTo(PEOPLE);
		List<List<String>> rows = rowVersions();
		assertThat(this.server.json(commit(preview))).isEqualTo(committed);
		assertThat(rowVersions()).hasSize(PEOPLE).isEqualTo(rows);
		assertThat(this.witness.number("SELECT count(*) FROM audit_entry WHERE action = 'member.import'")).isOne();
		everybodyIsReadAndFound();
	}

	@Test
	void aChangeOfKeysWhoseServerIsKilledIsFinishedByTheNextServer() {
		this.server.json(commit(preview().get("id").asString()));
		this.server.kill();
		changeKey();
		try (Gate gate = gateInTheMiddle()) {
			startServer();
			gate.awaitSomebody();
			assertThat(keysInUse("id_key")).isEqualTo(2);
			everybodyIsReadAndFound();
			this.server.kill();
		}
		awaitNobodyWrites();
		assertThat(keysInUse("id_key")).isEqualTo(2);
		startServer();
		await().atMost(PATIENCE).until(() -> keysInUse("id_key") == 1 && keysInUse("phone_key") == 1);
		everybodyIsReadAndFound();
	}

	private void startServer() {
		this.server.start(Duration.ZERO);
		this.server.awaitReady();
		this.admin = this.server
			.json(ApiCall.post("/api/admin/v1/sessions", null,
					Map.of("username", "admin", "password", LocalAccounts.PASSWORD)))
			.get("token")
			.asString();
	}

	private void changeKey() {
		this.settings.put("qingfeng.privacy.key", NEW_KEY);
		this.settings.put("qingfeng.privacy.former-keys", FIRST_KEY);
	}

	/**
	 * Rows are written in the order of the table, and sealed again in the order of ids.
	 */
	private Gate gateInTheMiddle() {
		return this.witness.gate("member", this.roster.people().get(MIDDLE).number());
	}

	/** What a dead server had begun goes on in the database until it notices. */
	private void awaitNobodyWrites() {
		await().atMost(PATIENCE)
			.until(() -> this.witness.number("SELECT count(*) FROM pg_stat_activity WHERE usename = ?",
					this.postgres.appUser()) == 0);
	}

	private long imported() {
		return this.witness.number("SELECT count(*) FROM member WHERE number LIKE '鲸%'");
	}

	private List<List<String>> rowVersions() {
		return this.witness.rows("SELECT id, xmin FROM member WHERE number LIKE '鲸%' ORDER BY id");
	}

	private long keysInUse(String column) {
		return this.witness.number("SELECT count(DISTINCT %1$s) FROM member WHERE %1$s IS NOT NULL".formatted(column));
	}

	private JsonNode preview() {
		String answer = text(this.roster.upload(this.server.url(), this.admin, this.unit), 201);
		JsonNode preview = Objects.requireNonNull(JsonMapper.shared().readTree(answer));
		assertThat(preview.get("faulty").asInt()).isZero();
		return preview;
	}

	private ApiCall commit(String id) {
		return ApiCall.post(IMPORTS + "/" + id + "/commit", this.admin, null);
	}

	/**
	 * By what is sealed, and by the keyed hashes that the same table is compared with. A
	 * tab marks a long number as text.
	 */
	private void everybodyIsReadAndFound() {
		ApiCall export = ApiCall.post("/api/admin/v1/members/clear-export", this.admin,
				Map.of("purpose", "核对名册", "format", "csv"));
		assertThat(text(export.to(this.server.url()), 200).replace("\t", "").lines())
			.containsAll(this.roster.people().stream().map(this::line).toList());
		assertThat(preview().get("unchanged").asInt()).isEqualTo(PEOPLE);
	}

	private String line(Person person) {
		return "\"%s\",\"%s\",\"%s\",\"%s\",\"\",\"\",\"%s\"".formatted(person.number(), person.name(), person.phone(),
				this.unit, person.idNumber());
	}

	private static String text(HttpRequest request, int status) {
		return HttpClient.newHttpClient().sendAsync(request, BodyHandlers.ofString()).thenApply((answer) -> {
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
			return answer.body();
		}).join();
	}

	private void settings(Path folder) {
		this.settings.put("spring.r2dbc.url", this.postgres.r2dbcUrl(this.postgres.database()));
		this.settings.put("spring.r2dbc.username", this.postgres.appUser());
		this.settings.put("spring.r2dbc.password", this.postgres.password());
		this.settings.put("spring.flyway.url", this.postgres.jdbcUrl(this.postgres.database()));
		this.settings.put("spring.flyway.user", this.postgres.user());
		this.settings.put("spring.flyway.password", this.postgres.password());
		this.settings.put("spring.data.redis.host", this.redis.host());
		this.settings.put("spring.data.redis.port", Integer.toString(this.redis.port()));
		this.settings.put("qingfeng.privacy.key", FIRST_KEY);
		this.settings.put("qingfeng.privacy.index-key", key("the key of the hashes"));
		this.settings.put("qingfeng.local.data", folder.resolve("data").toString());
		this.settings.put("qingfeng.local.stop-with-parent", "true");
		this.settings.put("qingfeng.wechat.public-base-url", "http://127.0.0.1");
		Stream.of("api-host", "open-host", "mp-host")
			.forEach((name) -> this.settings.put("qingfeng.wechat." + name, this.wechat.baseUrl()));
		account("mp", this.wechat.apps().service());
		account("mini-program", this.wechat.apps().mini());
	}

	private void account(String name, AppRegistration app) {
		String prefix = "qingfeng.wechat." + name + ".";
		this.settings.put(prefix + "app-id", app.appid());
		this.settings.put(prefix + "secret", app.secret());
		this.settings.put(prefix + "token", app.token());
		this.settings.put(prefix + "aes-key", app.aesKey());
		this.settings.put(prefix + "format", app.format().name());
	}

	private static String key(String text) {
		return Base64.getEncoder().encodeToString(text.repeat(2).substring(0, 32).getBytes(StandardCharsets.US_ASCII));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
