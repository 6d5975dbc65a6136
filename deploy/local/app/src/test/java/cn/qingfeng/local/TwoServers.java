package cn.qingfeng.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import cn.qingfeng.local.embedded.EmbeddedPostgres;
import cn.qingfeng.local.embedded.EmbeddedRedis;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.SandboxOptions;
import cn.qingfeng.local.sandbox.Timing;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.message.SampleTemplates;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import cn.qingfeng.platform.time.BusinessTime;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.FileSystemUtils;

import static org.awaitility.Awaitility.await;

/**
 * Two servers as a balancer would stand before them: processes of their own that share
 * one PostgreSQL, one Redis and one WeChat, and nothing else. They are started once for
 * the JVM of the tests, which make their own rows, and revived for each test that killed
 * one of them. Their clocks only go forward, and never behind the real one.
 */
final class TwoServers {

	private static final Path FOLDER = Path.of("target", "two-servers").toAbsolutePath();

	private static final int ROSTER = 900;

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final EmbeddedPostgres postgres = EmbeddedPostgres.start(FOLDER.resolve("postgres"), 0);

	private EmbeddedRedis redis = EmbeddedRedis.start(FOLDER.resolve("redis"), 0);

	private final Sandbox wechat = Sandbox.start(SandboxOptions.usual()
		.roster(ROSTER)
		.timing(new Timing(Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofMillis(200),
				Duration.ofMillis(300), Duration.ofMillis(300))));

	private final Wire wire = new Wire(this.wechat.port());

	private final Balancer balancer = new Balancer();

	private final Witness witness;

	private final ServerNode one;

	private final ServerNode two;

	private final AtomicInteger nextRosterEntry = new AtomicInteger();

	/** How far ahead of the real time it is here. */
	private Duration ahead = Duration.ZERO;

	private TwoServers() {
		Map<String, String> settings = settings();
		this.one = new ServerNode("one", settings, freePort(), FOLDER);
		this.two = new ServerNode("two", settings, freePort(), FOLDER);
		this.witness = new Witness(this.postgres);
		this.ahead = until(LocalTime.of(9, 0));
		this.wechat.clock().set(now());
		this.wechat.apps().callbackTo(service().appid(), this.balancer.url() + "/wechat/mp/callback");
		both().forEach((node) -> node.start(this.ahead));
		both().forEach(ServerNode::awaitReady);
		this.witness.watch();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> both().forEach(ServerNode::kill)));
	}

	/** With both alive, and nothing between them and the rest of the world. */
	static TwoServers running() {
		TwoServers servers = Running.INSTANCE;
		servers.wire.mend();
		servers.wechat.clearFaults();
		servers.startRedis();
		servers.startDead();
		servers.balancer.to(servers.one, servers.two);
		servers.balancer.forget();
		return servers;
	}

	/** Starts what was killed and waits until it is ready. */
	void startDead() {
		List<ServerNode> dead = both().stream().filter((node) -> !node.isAlive()).toList();
		dead.forEach((node) -> node.start(this.ahead));
		dead.forEach(ServerNode::awaitReady);
	}

	List<ServerNode> both() {
		return List.of(this.one, this.two);
	}

	ServerNode one() {
		return this.one;
	}

	ServerNode two() {
		return this.two;
	}

	/** One after the other by turns. */
	ServerNode byTurns(int number) {
		return (number % 2 == 0) ? this.one : this.two;
	}

	Sandbox wechat() {
		return this.wechat;
	}

	AppRegistration service() {
		return this.wechat.apps().service();
	}

	Wire wire() {
		return this.wire;
	}

	Balancer balancer() {
		return this.balancer;
	}

	Witness witness() {
		return this.witness;
	}

	/** The next of the roster whom no test has had, in the order of its seeds. */
	int nextRosterEntry() {
		return this.nextRosterEntry.getAndIncrement();
	}

	Api api(ServerNode node) {
		return new Api(node.url(), URI.create(this.wechat.baseUrl()));
	}

	/** The token of an account that every local server has. */
	String staff(String username) {
		return this.one
			.json(ApiCall.post("/api/admin/v1/sessions", null,
					Map.of("username", username, "password", LocalAccounts.PASSWORD)))
			.get("token")
			.asString();
	}

	Instant now() {
		return Clock.systemUTC().instant().plus(this.ahead);
	}

	/** Turns all clocks, WeChat's too. */
	void turn(Duration by) {
		this.ahead = this.ahead.plus(by);
		this.wechat.clock().set(now());
		both().stream().filter(ServerNode::isAlive).forEach((node) -> node.turnClock(now()));
	}

	/** Turns all clocks to the next time that it is so late. */
	void turnTo(LocalTime time) {
		turn(until(time).minus(this.ahead));
	}

	private Duration until(LocalTime time) {
		Instant real = Clock.systemUTC().instant();
		Instant earliest = real.plus(this.ahead);
		ZonedDateTime next = earliest.atZone(BusinessTime.ZONE).with(time);
		return Duration.between(real, (next.toInstant().isAfter(earliest) ? next : next.plusDays(1)).toInstant());
	}

	/** As {@code kill -9}. */
	void killRedis() {
		ProcessHandle.of(this.redis.pid()).ifPresent(ProcessHandle::destroyForcibly);
		await().until(() -> ProcessHandle.of(this.redis.pid()).isEmpty());
	}

	void startRedis() {
		if (ProcessHandle.of(this.redis.pid()).isEmpty()) {
			int port = this.redis.port();
			this.redis.close();
			this.redis = EmbeddedRedis.start(FOLDER.resolve("redis"), port);
		}
	}

	/** What WeChat was asked for by one of the two accounts. */
	long wechatCalls(String path, String appid) {
		URI journal = URI.create(this.wechat.baseUrl() + "/_sandbox/journal?limit=5000&path=" + path);
		try {
			JsonNode entries = JsonMapper.shared()
				.readTree(HTTP
					.send(HttpRequest.newBuilder(journal).header("X-Sandbox-Token", "local").build(),
							BodyHandlers.ofString())
					.body());
			return entries.valueStream().filter((entry) -> appid.equals(entry.get("appid").asString())).count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Makes calls to WeChat go wrong until the next test. */
	void fault(String path, String kind, long value) {
		this.wechat
			.fault(JsonMapper.shared().valueToTree(Map.of("path", path, "kind", kind, "value", value, "next", -1)));
	}

	/** Members who are logged in, whom no other test has. */
	List<Member> members(int count) {
		List<List<String>> rows = this.witness.rows(
				"""
						WITH free AS (
							SELECT id FROM member m
							WHERE status = 'ACTIVE' AND NOT EXISTS (SELECT FROM wechat_account a WHERE a.member_id = m.id)
							ORDER BY number DESC LIMIT ?),
						account AS (
							INSERT INTO wechat_account (id, appid, openid, member_id, bound_at, follows, text_size, created_at)
							SELECT gen_random_uuid(), ?, 'two-servers-' || gen_random_uuid(), id, now(), false, 'standard', now()
							FROM free RETURNING id, member_id)
						INSERT INTO member_session (id, token_digest, account_id, created_at, last_used_at, expires_at)
						SELECT gen_random_uuid(), sha256(convert_to('two-servers-' || member_id, 'UTF8')), id, ?::timestamptz,
							?::timestamptz, ?::timestamptz + interval '90 days'
						FROM account
						RETURNING (SELECT member_id::text FROM account a WHERE a.id = account_id)
						""",
				count, this.wechat.apps().mini().appid(), now().toString(), now().toString(), now().toString());
		return rows.stream()
			.map((row) -> new Member(UUID.fromString(row.getFirst()), "two-servers-" + row.getFirst()))
			.toList();
	}

	/** The same members each time, all of whom follow the public account. */
	List<PersonView> followers(int count) {
		String appid = service().appid();
		List<PersonView> people = this.wechat.people()
			.all()
			.stream()
			.filter((person) -> person.follows().getOrDefault(appid, false))
			.skip(ROSTER / 2L)
			.limit(count)
			.toList();
		this.witness.run("""
				INSERT INTO wechat_account (id, appid, openid, member_id, bound_at, follows, text_size, created_at)
				SELECT gen_random_uuid(), ?, o.openid, f.id, now(), true, 'standard', now()
				FROM unnest(string_to_array(?, ',')) WITH ORDINALITY AS o (openid, n)
				JOIN (SELECT id, row_number() OVER () AS n FROM member m
						WHERE status = 'ACTIVE' AND NOT EXISTS (SELECT FROM wechat_account a WHERE a.member_id = m.id)
						ORDER BY number DESC) f USING (n)
				ON CONFLICT DO NOTHING
				""", appid,
				people.stream()
					.map((person) -> person.openids().getOrDefault(appid, ""))
					.collect(Collectors.joining(",")));
		return people;
	}

	private Map<String, String> settings() {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("spring.r2dbc.url", this.postgres.r2dbcUrl(this.postgres.database()));
		settings.put("spring.r2dbc.username", this.postgres.appUser());
		settings.put("spring.r2dbc.password", this.postgres.password());
		settings.put("spring.flyway.url", this.postgres.jdbcUrl(this.postgres.database()));
		settings.put("spring.flyway.user", this.postgres.user());
		settings.put("spring.flyway.password", this.postgres.password());
		settings.put("spring.data.redis.host", this.redis.host());
		settings.put("spring.data.redis.port", Integer.toString(this.redis.port()));
		settings.put("qingfeng.privacy.key", secret("key of the two servers"));
		settings.put("qingfeng.privacy.index-key", secret("index of the two servers"));
		settings.put("qingfeng.seeds.roster-size", Integer.toString(ROSTER));
		settings.put("qingfeng.local.data", FOLDER.resolve("data").toString());
		settings.put("qingfeng.local.stop-with-parent", "true");
		settings.put("qingfeng.push.notice.id", SampleTemplates.REMINDER);
		settings.put("qingfeng.web.request-timeout", "10s");
		settings.put("qingfeng.wechat.call-timeout", "4s");
		settings.put("qingfeng.wechat.public-base-url", this.balancer.url().toString());
		String host = "http://127.0.0.1:" + this.wire.port();
		Stream.of("api-host", "open-host", "mp-host").forEach((name) -> settings.put("qingfeng.wechat." + name, host));
		settings.putAll(account("mp", this.wechat.apps().service()));
		settings.putAll(account("mini-program", this.wechat.apps().mini()));
		return settings;
	}

	private static Map<String, String> account(String name, AppRegistration app) {
		String prefix = "qingfeng.wechat." + name + ".";
		return Map.of(prefix + "app-id", app.appid(), prefix + "secret", app.secret(), prefix + "token", app.token(),
				prefix + "aes-key", app.aesKey(), prefix + "mode", app.mode().name(), prefix + "format",
				app.format().name());
	}

	private static String secret(String text) {
		return Base64.getEncoder().encodeToString(text.repeat(2).substring(0, 32).getBytes(StandardCharsets.US_ASCII));
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A member who is logged in.
	 *
	 * @param id of the member
	 * @param token of a session
	 */
	record Member(UUID id, String token) {

	}

	private static final class Running {

		private static final TwoServers INSTANCE = start();

		private static TwoServers start() {
			try {
				FileSystemUtils.deleteRecursively(FOLDER);
				Files.createDirectories(FOLDER);
				return new TwoServers();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
