package cn.qingfeng.member.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestServers;
import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.reactor.Transactions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@QingfengIT
class KeyRotationIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final SealedColumn COLUMN = new SealedColumn("rotation_probe", "secret");

	private static final int ROWS = 4_000;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private Transactions transactions;

	@Value("${spring.flyway.url}")
	private String jdbcUrl;

	private final PersonalData before = data(key('a'), List.of());

	private final PersonalData after = data(key('b'), List.of(key('a')));

	@BeforeEach
	void sealWithTheFormerKey() throws SQLException {
		try (Connection connection = as("qingfeng"); Statement statement = connection.createStatement()) {
			statement
				.execute("CREATE TABLE rotation_probe (id uuid PRIMARY KEY, secret_cipher bytea, secret_key text)");
			statement.execute("GRANT SELECT, UPDATE ON rotation_probe TO qingfeng_app");
			try (PreparedStatement insert = connection
				.prepareStatement("INSERT INTO rotation_probe (id, secret_cipher, secret_key) VALUES (?, ?, ?)")) {
				for (int i = 0; i < ROWS; i++) {
					UUID id = new UUID(1, i);
					SealedText sealed = this.before.seal("secret " + id, COLUMN.owner(id));
					insert.setObject(1, id);
					insert.setBytes(2, sealed.bytes());
					insert.setString(3, sealed.keyId());
					insert.addBatch();
				}
				insert.executeBatch();
			}
		}
	}

	@AfterEach
	void drop() throws SQLException {
		try (Connection connection = as("qingfeng"); Statement statement = connection.createStatement()) {
			statement.execute("DROP TABLE rotation_probe");
		}
	}

	@Test
	void nodesSealTogetherAndEveryRowIsReadableMeanwhile() throws SQLException {
		KeyRotation one = node();
		one.rotate().block(TIMEOUT);
		assertThat(readable()).isEqualTo(ROWS);
		assertThat(withFormerKey()).isBetween(1, ROWS - 1);
		KeyRotation other = node();
		Mono.when(untilDone(one), untilDone(other)).block(TIMEOUT);
		untilDone(one).block(TIMEOUT);
		assertThat(withFormerKey()).isZero();
		assertThat(readable()).isEqualTo(ROWS);
	}

	@Test
	void aNodeThatDiesInTheMiddleOfABatchLeavesItToTheNext() throws Exception {
		try (Connection locking = as("qingfeng"); Statement lock = locking.createStatement()) {
			locking.setAutoCommit(false);
			lock.execute("LOCK TABLE rotation_probe IN SHARE MODE");
			CompletableFuture<Boolean> dying = node().rotate().toFuture();
			assertThat(killWhoWaitsToWrite(dying)).isTrue();
			assertThatException().isThrownBy(dying::get);
			locking.rollback();
		}
		assertThat(withFormerKey()).isEqualTo(ROWS);
		untilDone(node()).block(TIMEOUT);
		assertThat(withFormerKey()).isZero();
		assertThat(readable()).isEqualTo(ROWS);
	}

	@Test
	void withoutAFormerKeyNothingIsDone() {
		KeyRotation idle = new KeyRotation(this.database, this.before, List.of(COLUMN), this.transactions,
				new BackgroundLoops());
		assertThat(idle.rotate().block(TIMEOUT)).isFalse();
	}

	/** False when it ended before. */
	private boolean killWhoWaitsToWrite(CompletableFuture<Boolean> dying) throws SQLException {
		try (Connection connection = as("postgres"); Statement statement = connection.createStatement()) {
			while (!dying.isDone()) {
				try (ResultSet found = statement.executeQuery("""
						SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
						WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE rotation_probe%'
						""")) {
					found.next();
					if (found.getInt(1) > 0) {
						return true;
					}
				}
			}
		}
		return false;
	}

	private KeyRotation node() {
		return new KeyRotation(this.database, this.after, List.of(COLUMN), this.transactions, new BackgroundLoops());
	}

	private static Mono<Void> untilDone(KeyRotation node) {
		return node.rotate().filter((more) -> !more).repeatWhenEmpty((again) -> again).then();
	}

	private int withFormerKey() throws SQLException {
		String former = this.before.seal("x", "x").keyId();
		try (Connection connection = as("qingfeng");
				Statement statement = connection.createStatement();
				ResultSet found = statement
					.executeQuery("SELECT count(*) FROM rotation_probe WHERE secret_key = '" + former + "'")) {
			found.next();
			return found.getInt(1);
		}
	}

	private int readable() throws SQLException {
		int readable = 0;
		try (Connection connection = as("qingfeng");
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT id, secret_cipher, secret_key FROM rotation_probe")) {
			while (row.next()) {
				UUID id = row.getObject(1, UUID.class);
				SealedText sealed = new SealedText(row.getString(3), row.getBytes(2));
				readable += this.after.open(sealed, COLUMN.owner(id)).equals("secret " + id) ? 1 : 0;
			}
		}
		return readable;
	}

	private Connection as(String role) throws SQLException {
		return DriverManager.getConnection(this.jdbcUrl, role, TestServers.postgres().password());
	}

	private static PersonalData data(String key, List<String> former) {
		try {
			return new PersonalData(new PrivacyProperties(key, former, key('i')));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String key(char character) {
		return Base64.getEncoder()
			.encodeToString(String.valueOf(character).repeat(32).getBytes(StandardCharsets.US_ASCII));
	}

}
