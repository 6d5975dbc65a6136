package cn.qingfeng.platform.reactor;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import cn.qingfeng.TestServers;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.NoTransactionException;

import static org.assertj.core.api.Assertions.assertThat;

class TransactionsIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final String APPLICATION = "transactions-it";

	private static String name;

	private static ConnectionPool pool;

	private static DatabaseClient database;

	private static Transactions transactions;

	@BeforeAll
	static void open() {
		name = TestServers.newDatabase();
		PostgresqlConnectionConfiguration postgres = PostgresqlConnectionConfiguration.builder()
			.host("127.0.0.1")
			.port(TestServers.postgres().port())
			.database(name)
			.username(TestServers.postgres().user())
			.password(TestServers.postgres().password())
			.applicationName(APPLICATION)
			.build();
		pool = new ConnectionPool(ConnectionPoolConfiguration.builder(new PostgresqlConnectionFactory(postgres))
			.initialSize(8)
			.maxSize(8)
			.build());
		database = DatabaseClient.create(pool);
		transactions = new Transactions(new R2dbcTransactionManager(pool));
	}

	@AfterAll
	static void close() {
		pool.disposeLater().block(TIMEOUT);
	}

	@BeforeEach
	void clear() throws SQLException {
		try (Connection connection = jdbc(); Statement statement = connection.createStatement()) {
			statement.execute("DROP TABLE IF EXISTS one, other");
			statement.execute("CREATE TABLE one (id integer PRIMARY KEY, n integer NOT NULL DEFAULT 0)");
			statement.execute("CREATE TABLE other (id integer PRIMARY KEY)");
		}
	}

	/** Spring's operator alone leaves open transactions and half-written pairs here. */
	@Test
	void aCancelledRequestTearsNoTransaction() throws SQLException {
		Random random = new Random(1);
		Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
		Flux.range(0, 3_000)
			.flatMap((id) -> cancelledAtRandom(random, pair(id).doOnSuccess((done) -> acknowledged.add(id))), 32)
			.then(settled())
			.as(StepVerifier::create)
			.expectComplete()
			.verify(TIMEOUT);

		try (Connection connection = jdbc(); Statement statement = connection.createStatement()) {
			assertThat(number(statement, """
					SELECT count(*) FROM pg_stat_activity
					WHERE application_name = 'transactions-it' AND state LIKE 'idle in transaction%'""")).isZero();
			assertThat(number(statement,
					"SELECT count(*) FROM one FULL JOIN other USING (id) WHERE one.id IS NULL OR other.id IS NULL"))
				.isZero();
			assertThat(number(statement, "SELECT count(*) FROM one")).isGreaterThanOrEqualTo(acknowledged.size());
			assertThat(acknowledged).isNotEmpty();
		}
	}

	@Test
	void anErrorUndoesEverything() {
		insert("one", 1).then(Mono.error(new IllegalArgumentException("no")))
			.as(transactions::inTransaction)
			.as(StepVerifier::create)
			.expectError(IllegalArgumentException.class)
			.verify(TIMEOUT);

		count("one").as(StepVerifier::create).expectNext(0L).expectComplete().verify(TIMEOUT);
	}

	@Test
	void anInnerTransactionIsPartOfTheOuter() {
		Mono<Void> inner = transactions.inTransaction(insert("other", 1));
		insert("one", 1).then(inner)
			.then(Mono.error(new IllegalArgumentException("no")))
			.as(transactions::inTransaction)
			.as(StepVerifier::create)
			.expectError(IllegalArgumentException.class)
			.verify(TIMEOUT);

		count("other").as(StepVerifier::create).expectNext(0L).expectComplete().verify(TIMEOUT);
	}

	@Test
	void deadlocksAreTriedAgainUnseen() {
		insert("one", 1).then(insert("one", 2)).as(StepVerifier::create).expectComplete().verify(TIMEOUT);

		Flux.range(0, 40)
			.flatMap((i) -> transactions.inTransaction((i % 2 == 0) ? add(1).then(add(2)) : add(2).then(add(1))), 4)
			.as(StepVerifier::create)
			.expectComplete()
			.verify(TIMEOUT);

		database.sql("SELECT min(n) FROM one WHERE n > :none")
			.bind("none", -1)
			.mapValue(Integer.class)
			.one()
			.as(StepVerifier::create)
			.expectNext(40)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void otherErrorsAreNotTriedAgain() {
		AtomicInteger tries = new AtomicInteger();
		insert("one", 1).then(insert("one", 1))
			.doOnSubscribe((subscription) -> tries.incrementAndGet())
			.as(transactions::inTransaction)
			.as(StepVerifier::create)
			.expectErrorMatches(SqlStates::isUniqueViolation)
			.verify(TIMEOUT);

		assertThat(tries).hasValue(1);
	}

	@Test
	void whatFollowsACommitDoesNotFollowARollback() {
		AtomicBoolean called = new AtomicBoolean();
		Mono<Void> registered = transactions.afterCommit(() -> called.set(true));

		registered.then(Mono.error(new IllegalArgumentException("no")))
			.as(transactions::inTransaction)
			.as(StepVerifier::create)
			.expectError(IllegalArgumentException.class)
			.verify(TIMEOUT);
		assertThat(called).isFalse();

		registered.as(transactions::inTransaction).as(StepVerifier::create).expectComplete().verify(TIMEOUT);
		assertThat(called).isTrue();
	}

	@Test
	void nothingFollowsACommitOutsideATransaction() {
		transactions.afterCommit(() -> {
		}).as(StepVerifier::create).expectError(NoTransactionException.class).verify(TIMEOUT);
	}

	private static Mono<Void> pair(int id) {
		return transactions.inTransaction(insert("one", id).then(insert("other", id)));
	}

	private static Mono<Void> cancelledAtRandom(Random random, Mono<Void> work) {
		boolean cancels = random.nextInt(10) != 0;
		Duration moment = Duration.ofNanos(random.nextInt(2_500_000));
		return cancels ? work.timeout(moment).onErrorComplete() : work;
	}

	/** Until the work that goes on after its caller is gone has ended. */
	private static Mono<Void> settled() {
		return Mono.delay(Duration.ofMillis(100))
			.repeat(() -> pool.getMetrics().orElseThrow().acquiredSize() > 0
					|| pool.getMetrics().orElseThrow().pendingAcquireSize() > 0)
			.then();
	}

	private static Mono<Void> insert(String table, int id) {
		return database.sql("INSERT INTO " + table + " (id) VALUES (:id)").bind("id", id).then();
	}

	private static Mono<Void> add(int id) {
		return database.sql("UPDATE one SET n = n + 1 WHERE id = :id").bind("id", id).then();
	}

	private static Mono<Long> count(String table) {
		return database.sql("SELECT count(*) FROM " + table + " WHERE id > :none")
			.bind("none", -1)
			.mapValue(Long.class)
			.one();
	}

	private static long number(Statement statement, String query) throws SQLException {
		try (ResultSet result = statement.executeQuery(query)) {
			result.next();
			return result.getLong(1);
		}
	}

	private static Connection jdbc() throws SQLException {
		return DriverManager.getConnection(TestServers.postgres().jdbcUrl(name), TestServers.postgres().user(),
				TestServers.postgres().password());
	}

}
