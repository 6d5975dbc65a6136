package cn.qingfeng.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;

import cn.qingfeng.local.embedded.EmbeddedPostgres;
import cn.qingfeng.local.embedded.EmbeddedRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The production jar against PostgreSQL and Redis that were started apart from it, with
 * passwords, and with the environment of the compose file.
 */
class ExternalServersIT {

	private static final Path COMPOSE = Path.of("../../compose");

	private static final String PASSWORD = "s3cret-of-the-test";

	@TempDir
	Path folder;

	private final ComposeFile compose = ComposeFile.read(COMPOSE.resolve("compose.yaml"));

	@Test
	void theServerRunsOnServersOfItsOwn() throws IOException, SQLException, InterruptedException {
		try (EmbeddedPostgres postgres = EmbeddedPostgres.start(this.folder.resolve("postgres"), 0);
				EmbeddedRedis redis = EmbeddedRedis.start(this.folder.resolve("redis"), 0)) {
			demandPassword(postgres);
			demandPassword(redis);
			Map<String, String> environment = environment();
			environment.replaceAll((name, value) -> value.replace("postgres:5432", "127.0.0.1:" + postgres.port()));
			environment.put("SPRING_DATA_REDIS_HOST", redis.host());
			environment.put("SPRING_DATA_REDIS_PORT", Integer.toString(redis.port()));
			try (ProductionServer server = ProductionServer.start(environment, freePort(), this.folder)) {
				assertThat(server.becomesReady(Duration.ofSeconds(120))).as(server.output()).isTrue();
				assertThat(healthCheck(server.port())).isZero();
				assertThat(server.says("redis is there", Duration.ofSeconds(60))).as(server.output()).isTrue();
				HttpResponse<String> columns = server.get("/api/v1/columns");
				assertThat(columns.statusCode()).as(columns.body()).isEqualTo(200);
				assertThat(columns.body()).contains("党史党纪");
				HttpResponse<String> me = server.get("/api/v1/me");
				assertThat(me.statusCode()).as(me.body()).isEqualTo(401);
				assertThat(me.headers().firstValue("Content-Type")).hasValue("application/problem+json");
				assertThat(server.get("/openapi/member.yaml").statusCode()).isEqualTo(200);
				assertThat(server.stop()).isEqualTo(143);
				assertThat(healthCheck(server.port())).isNotZero();
				assertThat(server.output().lines()).noneMatch((line) -> line.contains("\"level\":\"ERROR\""));
			}
		}
	}

	@Test
	void withoutASecretItRefusesToStartAndSaysWhichOne() throws IOException, InterruptedException {
		Map<String, String> environment = environment();
		environment.remove("QINGFENG_PRIVACY_KEY");
		environment.put("QINGFENG_WECHAT_MP_SECRET", "");
		try (ProductionServer server = ProductionServer.start(environment, freePort(), this.folder)) {
			assertThat(server.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(server.process().exitValue()).isOne();
			assertThat(server.output())
				.contains("缺少配置，服务没有启动 / Missing settings, the server did not start: "
						+ "QINGFENG_PRIVACY_KEY, QINGFENG_WECHAT_MP_SECRET")
				.doesNotContain("\tat ");
		}
	}

	@Test
	void nothingOfTheLocalPartsIsInTheProductionJar() throws IOException {
		try (JarFile jar = new JarFile(ProductionServer.jar().toFile())) {
			List<String> entries = jar.stream().map(Object::toString).toList();
			assertThat(entries).anyMatch((entry) -> entry.contains("QingfengApplication"))
				.noneMatch((entry) -> entry.contains("cn/qingfeng/local"))
				.noneMatch((entry) -> entry.contains("qingfeng-local"))
				.noneMatch((entry) -> entry.contains("embedded-"));
		}
	}

	@Test
	void theExampleOfTheEnvironmentFileNamesEverythingThatIsDemanded() throws IOException {
		List<String> names = Files.readAllLines(COMPOSE.resolve(".env.example"))
			.stream()
			.filter((line) -> line.matches("\\w+=.*"))
			.map((line) -> line.substring(0, line.indexOf('=')))
			.toList();
		assertThat(names).containsAll(this.compose.required());
	}

	private Map<String, String> environment() {
		Map<String, String> values = new HashMap<>();
		this.compose.required().forEach((name) -> values.put(name, value(name)));
		return this.compose.serverEnvironment(values);
	}

	private static String value(String name) {
		if (name.endsWith("PASSWORD")) {
			return PASSWORD;
		}
		if (name.startsWith("QINGFENG_PRIVACY_")) {
			return Base64.getEncoder()
				.encodeToString(name.repeat(2).substring(0, 32).getBytes(StandardCharsets.US_ASCII));
		}
		if (name.endsWith("_AESKEY")) {
			return "a".repeat(43);
		}
		return name.endsWith("URL") ? "https://qingfeng.example.cn" : "value1";
	}

	private int healthCheck(int port) throws IOException, InterruptedException {
		List<String> command = this.compose.healthCheck()
			.stream()
			.map((word) -> word.replace("/8080", "/" + port))
			.toList();
		return new ProcessBuilder(command).start().waitFor();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private void demandPassword(EmbeddedPostgres postgres) throws SQLException, IOException {
		Files.writeString(this.folder.resolve("postgres/data/pg_hba.conf"),
				"host all all 127.0.0.1/32 scram-sha-256\n");
		try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl("postgres"), "postgres", "");
				Statement statement = connection.createStatement()) {
			statement.execute("ALTER ROLE " + postgres.user() + " PASSWORD '" + PASSWORD + "'");
			statement.execute("ALTER ROLE " + postgres.appUser() + " PASSWORD '" + PASSWORD + "'");
			statement.execute("SELECT pg_reload_conf()");
		}
	}

	private static void demandPassword(EmbeddedRedis redis) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
			socket.getOutputStream()
				.write(("CONFIG SET requirepass " + PASSWORD + "\r\n").getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII)).isEqualTo("+OK");
		}
	}

}
