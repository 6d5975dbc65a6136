package cn.qingfeng;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.control.PersonView;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import cn.qingfeng.member.identity.Phones;
import cn.qingfeng.member.privacy.IdNumber;
import cn.qingfeng.staff.NewStaffAccount;
import cn.qingfeng.staff.Role;
import cn.qingfeng.staff.StaffAccounts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A hundred members whose data can be told from everybody else's do what members do, and
 * staff do what they do with them. Afterwards everything that the server keeps or writes
 * is searched for what it must not hold in clear.
 */
@QingfengIT
@ExtendWith(OutputCaptureExtension.class)
class SeededSecretsIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final int PEOPLE = 100;

	private static final int SLICE = 1000;

	private static final String PASSWORD = "seeded-password-" + UUID.randomUUID();

	private static final String USERNAME = "seeded-" + UUID.randomUUID();

	@Autowired
	private WebTestClient client;

	@Autowired
	private Sandbox sandbox;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private StaffAccounts accounts;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private RedissonClient redis;

	@Autowired
	private Environment environment;

	private long since;

	private final List<String> personal = new ArrayList<>();

	private final List<String> names = new ArrayList<>();

	private final List<String> secrets = new ArrayList<>();

	@Test
	void nothingThatIsKeptOrWrittenHoldsASeedInClear(CapturedOutput output) {
		this.since = transaction();
		List<Seed> seeds = IntStream.range(0, PEOPLE).mapToObj(Seed::of).toList();
		seeds.forEach((seed) -> this.personal.addAll(List.of(seed.phone(), seed.idNumber())));
		seeds.forEach((seed) -> this.names.add(seed.name()));
		settings();
		importRoster(seeds);
		List<String> tokens = seeds.stream().map(this::takePart).toList();
		String export = useAsStaff(seeds);
		provoke(seeds.getFirst(), tokens.getFirst());

		String logs = output.getAll();
		assertThat(logs).contains("logged in", " bound by ");
		assertThat(inTables(List.of(this.names))).containsExactlyInAnyOrderElementsOf(this.names);
		assertThat(inTables(List.of(this.personal, this.secrets))).as("PostgreSQL").isEmpty();
		assertThat(found(redis(), List.of(this.personal, this.secrets, this.names))).as("Redis").isEmpty();
		assertThat(found(logs, List.of(this.personal, this.secrets, this.names))).as("logs").isEmpty();
		assertThat(export).contains("member.view-phone");
		assertThat(found(export, List.of(this.personal, this.secrets, this.names))).as("audit export").isEmpty();
	}

	/** Rows of earlier transactions cannot hold what is made up after it. */
	private long transaction() {
		return Objects.requireNonNull(this.database.sql("SELECT pg_current_xact_id()::text::bigint")
			.mapValue(Long.class)
			.one()
			.block(TIMEOUT));
	}

	private void settings() {
		for (AppRegistration app : List.of(this.sandbox.apps().service(), this.sandbox.apps().mini())) {
			this.secrets.addAll(List.of(app.secret(), app.token(), app.aesKey()));
		}
		this.secrets.add(Objects.requireNonNull(this.environment.getProperty("qingfeng.privacy.key")));
		this.secrets.add(Objects.requireNonNull(this.environment.getProperty("qingfeng.privacy.index-key")));
		this.secrets.add(PASSWORD);
	}

	/** One row is faulty, so that the report of errors is searched too. */
	private void importRoster(List<Seed> seeds) {
		String unit = Objects.requireNonNull(this.database.sql("SELECT name FROM unit WHERE key = :key")
			.bind("key", "audit")
			.mapValue(String.class)
			.one()
			.block(TIMEOUT));
		StringBuilder table = new StringBuilder("姓名,手机,单位,身份证号\n");
		seeds.forEach(
				(seed) -> table.append("%s,%s,%s,%s\n".formatted(seed.name(), seed.phone(), unit, seed.idNumber())));
		Seed twice = seeds.getLast();
		table.append("%s甲,%s,%s,%s\n".formatted(twice.name(), twice.phone(), "没有的单位", twice.idNumber()));
		MultipartBodyBuilder parts = new MultipartBodyBuilder();
		parts.part("file", new ByteArrayResource(("\ufeff" + table).getBytes(StandardCharsets.UTF_8)) {
			@Override
			public String getFilename() {
				return "名册.csv";
			}
		}).contentType(MediaType.TEXT_PLAIN);
		Consumer<HttpHeaders> admin = this.sessions.staff("ADMIN");
		Map<?, ?> preview = Objects.requireNonNull(this.client.post()
			.uri("/api/admin/v1/members/imports")
			.headers(admin)
			.body(BodyInserters.fromMultipartData(parts.build()))
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody());
		assertThat(preview.get("added")).isEqualTo(PEOPLE);
		assertThat(inTables(List.of(this.personal))).as("PostgreSQL with a preview").isEmpty();
		this.client.post()
			.uri("/api/admin/v1/members/imports/{id}/commit", preview.get("id"))
			.headers(admin)
			.exchange()
			.expectStatus()
			.isOk();
	}

	/** Returns the token of the session. */
	private String takePart(Seed seed) {
		Phones phones = new Phones(this.client, this.sandbox);
		PersonView person = this.sandbox.people().add(seed.name(), seed.phone());
		String code = this.sandbox.people().wxLogin(person.id());
		Map<?, ?> session = Objects.requireNonNull(phones.logInWith(code)
			.expectStatus()
			.isCreated()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody());
		String token = String.valueOf(session.get("token"));
		String phoneCode = this.sandbox.people().phoneCode(person.id());
		phones.bind(token, Map.of("name", seed.name(), "phoneCode", phoneCode, "privacyNotice", "2026-11"))
			.expectStatus()
			.isOk();
		this.secrets.addAll(List.of(token, code, phoneCode));
		this.client.get()
			.uri("/api/v1/me/export")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.value((copy) -> assertThat(copy).contains(seed.phone(), seed.idNumber()));
		this.sandbox.people().act(person.id(), "follow", Map.of());
		return token;
	}

	/** Returns the audit as a file. */
	private String useAsStaff(List<Seed> seeds) {
		this.accounts.open(List.of(NewStaffAccount.of(USERNAME, "管理员", PASSWORD, Role.ADMIN))).block(TIMEOUT);
		this.client.post()
			.uri("/api/admin/v1/sessions")
			.bodyValue(Map.of("username", USERNAME, "password", PASSWORD + "x"))
			.exchange()
			.expectStatus()
			.isUnauthorized();
		String token = staffToken();
		this.secrets.add(token);
		Map<?, ?> offer = post(token, "/api/admin/v1/sessions/current/totp", Map.of("password", PASSWORD));
		this.secrets.add(String.valueOf(offer.get("secret")));
		for (Seed seed : seeds.subList(0, 5)) {
			String id = Objects.requireNonNull(this.database.sql("SELECT id::text FROM member WHERE name = :name")
				.bind("name", seed.name())
				.mapValue(String.class)
				.one()
				.block(TIMEOUT));
			assertThat(post(token, "/api/admin/v1/members/" + id + "/phone-views", Map.of("purpose", "核对报名信息"))
				.get("phone")).isEqualTo(seed.phone());
			this.secrets.add(String
				.valueOf(post(token, "/api/admin/v1/members/" + id + "/binding-codes", Map.of()).get("code")));
		}
		return Objects.requireNonNull(this.client.get()
			.uri("/api/admin/v1/audit/export")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
	}

	/** Requests that fail, for errors are what logs are full of. */
	private void provoke(Seed seed, String token) {
		for (String body : List.of("{\"name\":\"%s\",\"phoneCode\":\"%s\"".formatted(seed.name(), seed.phone()),
				"{\"name\":\"%s\",\"phone\":\"%s\"}".formatted(seed.name(), seed.phone()),
				"{\"name\":\"%s\",\"phoneCode\":\"%s\"}".formatted(seed.name(), seed.phone()),
				"{\"name\":\"%s\",\"bindingCode\":\"%s\"}".formatted(seed.name(), seed.idNumber()))) {
			this.client.put()
				.uri("/api/v1/me/binding")
				.headers((headers) -> headers.setBearerAuth(token))
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(body)
				.exchange()
				.expectStatus()
				.is4xxClientError();
		}
		for (String query : List.of("/api/admin/v1/members?q=" + seed.phone(),
				"/api/admin/v1/members?limit=" + seed.phone(), "/api/admin/v1/members?cursor=" + seed.idNumber(),
				"/api/admin/v1/" + seed.phone())) {
			this.client.get().uri(query).headers(this.sessions.staff("ADMIN")).exchange().expectBody().returnResult();
		}
		this.client.get()
			.uri("/api/v1/me")
			.headers((headers) -> headers.setBearerAuth(token + seed.phone()))
			.exchange()
			.expectStatus()
			.isUnauthorized();
		this.client.post()
			.uri("/wechat/mp/callback?signature=x&timestamp=1&nonce=2")
			.bodyValue("<xml><Content>" + seed.phone() + seed.name() + "</Content></xml>")
			.exchange()
			.expectBody()
			.returnResult();
	}

	private String staffToken() {
		return String.valueOf(
				Objects
					.requireNonNull(this.client.post()
						.uri("/api/admin/v1/sessions")
						.bodyValue(Map.of("username", USERNAME, "password", PASSWORD))
						.exchange()
						.expectStatus()
						.isCreated()
						.expectBody(Map.class)
						.returnResult()
						.getResponseBody())
					.get("token"));
	}

	private Map<?, ?> post(String token, String path, Map<String, ?> body) {
		return Objects.requireNonNull(this.client.post()
			.uri(path)
			.headers((headers) -> headers.setBearerAuth(token))
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody());
	}

	/**
	 * Looks at every column of every row that was written since, bytes in hexadecimal.
	 */
	private Set<String> inTables(List<List<String>> kinds) {
		return Objects
			.requireNonNull(this.database.sql("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = :schema")
				.bind("schema", "public")
				.mapValue(String.class)
				.all()
				.filter((table) -> !table.equals("flyway_schema_history"))
				.collectList()
				.block(TIMEOUT))
			.stream()
			.flatMap((table) -> inTable(table, kinds))
			.collect(Collectors.toSet());
	}

	private Stream<String> inTable(String table, List<List<String>> kinds) {
		return Objects
			.requireNonNull(
					this.database.sql("SELECT t::text FROM " + table + " t WHERE t.xmin::text::bigint >= :since")
						.bind("since", this.since)
						.mapValue(String.class)
						.all()
						.buffer(SLICE)
						.map((rows) -> found(String.join("\n", rows), kinds))
						.collectList()
						.block(TIMEOUT))
			.stream()
			.flatMap(List::stream);
	}

	/** Every key with everything under it, bytes read as text and in hexadecimal. */
	private String redis() {
		StringBuilder text = new StringBuilder();
		for (String key : this.redis.getKeys().getKeys()) {
			text.append(key).append('\n');
			switch (this.redis.getKeys().getType(key)) {
				case OBJECT -> append(text, this.redis.<byte[]>getBucket(key, ByteArrayCodec.INSTANCE).get());
				case MAP -> this.redis.<byte[], byte[]>getMap(key, ByteArrayCodec.INSTANCE)
					.readAllMap()
					.forEach((field, value) -> {
						append(text, field);
						append(text, value);
					});
				case LIST -> this.redis.<byte[]>getList(key, ByteArrayCodec.INSTANCE)
					.readAll()
					.forEach((one) -> append(text, one));
				case SET -> this.redis.<byte[]>getSet(key, ByteArrayCodec.INSTANCE)
					.readAll()
					.forEach((one) -> append(text, one));
				case ZSET -> this.redis.<byte[]>getScoredSortedSet(key, ByteArrayCodec.INSTANCE)
					.readAll()
					.forEach((one) -> append(text, one));
				default -> throw new IllegalStateException("how to read " + key + "?");
			}
		}
		return text.toString();
	}

	private static void append(StringBuilder text, byte @Nullable [] bytes) {
		if (bytes != null) {
			text.append(new String(bytes, StandardCharsets.UTF_8))
				.append('\n')
				.append(HexFormat.of().formatHex(bytes))
				.append('\n');
		}
	}

	private static List<String> found(String text, List<List<String>> kinds) {
		return kinds.stream()
			.flatMap(List::stream)
			.filter((seed) -> text.contains(seed)
					|| text.contains(HexFormat.of().formatHex(seed.getBytes(StandardCharsets.UTF_8))))
			.toList();
	}

	/**
	 * Somebody whose data stand out.
	 */
	private record Seed(String name, String phone, String idNumber) {

		private static final String DIGITS = "零一二三四五六七八九";

		static Seed of(int n) {
			String name = "鲸" + DIGITS.charAt(n / 10) + DIGITS.charAt(n % 10) + "鲲";
			String id = IntStream.rangeClosed(0, 10)
				.mapToObj((check) -> "37028519630214%03d".formatted(400 + n) + "0123456789X".charAt(check))
				.filter((candidate) -> IdNumber.parse(candidate).isPresent())
				.findFirst()
				.orElseThrow();
			return new Seed(name, "1861437%04d".formatted(7000 + n), id);
		}

	}

}
