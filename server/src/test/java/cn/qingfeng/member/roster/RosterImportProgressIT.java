package cn.qingfeng.member.roster;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestServers;
import cn.qingfeng.TestSessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An import that is held up in the middle of its commit: somebody else is about to add a
 * member with the number of one of its last rows.
 */
@QingfengIT
class RosterImportProgressIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final int ROWS = 1_200;

	private static final AtomicInteger TABLES = new AtomicInteger();

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private DatabaseClient database;

	@Value("${spring.flyway.url}")
	private String url;

	private Consumer<HttpHeaders> admin;

	private String prefix;

	private Connection somebodyElse;

	private final ExecutorService phone = Executors.newSingleThreadExecutor();

	@BeforeEach
	void somebodyElse() throws SQLException {
		this.admin = this.sessions.staff("ADMIN");
		this.prefix = UUID.randomUUID().toString().substring(0, 8);
		this.somebodyElse = DriverManager.getConnection(this.url, "qingfeng", TestServers.postgres().password());
		this.somebodyElse.setAutoCommit(false);
	}

	@AfterEach
	void end() throws SQLException {
		this.phone.shutdownNow();
		this.somebodyElse.close();
	}

	@Test
	void howFarACommitIsCanBeReadWhileNothingOfItCanBeSeen() throws Exception {
		String id = previewed();
		holdUp();
		Future<Integer> commit = this.phone.submit(() -> commit(id));
		JsonNode running = await(id, "COMMITTING");
		assertThat(running.path("rowsWritten").asInt()).isEqualTo(1_000);
		assertThat(running.path("rowsToWrite").asInt()).isEqualTo(ROWS);
		assertThat(running.path("rowsRead").asInt()).isEqualTo(ROWS + 1);
		assertThat(written()).as("all or nothing").isZero();
		this.somebodyElse.rollback();
		assertThat(commit.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(200);
		JsonNode done = find(id);
		assertThat(done.path("state").asString()).isEqualTo("COMMITTED");
		assertThat(done.path("rowsWritten").asInt()).isEqualTo(ROWS);
		assertThat(done.path("added").asInt()).isEqualTo(ROWS);
		assertThat(written()).isEqualTo(ROWS);
		assertThat(commit(id)).isEqualTo(200);
		assertThat(written()).isEqualTo(ROWS);
	}

	@Test
	void aCommitThatIsKilledLeavesAPreviewThatCanBeCommitted() throws Exception {
		String id = previewed();
		holdUp();
		Future<Integer> commit = this.phone.submit(() -> commit(id));
		await(id, "COMMITTING");
		assertThat(this.database.sql("""
				SELECT pg_terminate_backend(pid) FROM pg_locks
				WHERE locktype = 'advisory' AND objsubid = 2 AND objid = 1000
					AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
				""").mapValue(Boolean.class).all().collectList().block(TIMEOUT)).containsExactly(true);
		assertThat(commit.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isGreaterThanOrEqualTo(500);
		JsonNode again = find(id);
		assertThat(again.path("state").asString()).isEqualTo("PREVIEW");
		assertThat(again.path("rowsWritten").asInt()).isZero();
		assertThat(written()).isZero();
		this.somebodyElse.rollback();
		assertThat(commit(id)).isEqualTo(200);
		assertThat(written()).isEqualTo(ROWS);
	}

	/** With one row that is not good. */
	private String previewed() {
		StringBuilder table = new StringBuilder("编号,姓名,手机,单位\n");
		int start = TABLES.getAndAdd(ROWS);
		for (int i = 0; i < ROWS; i++) {
			table.append("%s-%04d,进度者,133%08d,市审计局\n".formatted(this.prefix, i, start + i));
		}
		table.append(this.prefix).append("-x,进度者,12,市审计局\n");
		MultipartBodyBuilder form = new MultipartBodyBuilder();
		form.part("file", new ByteArrayResource(table.toString().getBytes(StandardCharsets.UTF_8))).filename("名册.csv");
		JsonNode preview = Objects.requireNonNull(this.client.post()
			.uri("/api/admin/v1/members/imports")
			.headers(this.admin)
			.bodyValue(form.build())
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(JsonNode.class)
			.returnResult()
			.getResponseBody());
		assertThat(preview.path("rowsWritten").asInt()).isZero();
		return preview.path("id").asString();
	}

	private void holdUp() throws SQLException {
		try (Statement statement = this.somebodyElse.createStatement()) {
			statement.executeUpdate(
					"""
							INSERT INTO member (id, number, name, unit_id, status, phone_cipher, phone_key, phone_index, phone_masked,
								created_at, updated_at)
							SELECT gen_random_uuid(), '%s-1100', '某人', id, 'LEFT', '', '', '', '', now(), now() FROM unit WHERE key = 'audit'
							"""
						.formatted(this.prefix));
		}
	}

	private int commit(String id) {
		return this.client.post()
			.uri("/api/admin/v1/members/imports/{id}/commit", id)
			.headers(this.admin)
			.exchange()
			.expectBody()
			.returnResult()
			.getStatus()
			.value();
	}

	private JsonNode await(String id, String state) {
		return Objects.requireNonNull(Mono.fromSupplier(() -> find(id))
			.subscribeOn(Schedulers.boundedElastic())
			.repeatWhen((times) -> times.delayElements(Duration.ofMillis(50)))
			.filter((found) -> found.path("state").asString().equals(state)
					&& found.path("rowsWritten").asInt() >= 1_000)
			.blockFirst(TIMEOUT));
	}

	private JsonNode find(String id) {
		return Objects.requireNonNull(this.client.get()
			.uri("/api/admin/v1/members/imports/{id}", id)
			.headers(this.admin)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(JsonNode.class)
			.returnResult()
			.getResponseBody());
	}

	private long written() {
		return Objects.requireNonNull(this.database.sql("SELECT count(*) FROM member WHERE number LIKE :prefix")
			.bind("prefix", this.prefix + "%")
			.mapValue(Long.class)
			.one()
			.block(TIMEOUT));
	}

}
