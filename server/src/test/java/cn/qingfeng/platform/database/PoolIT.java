package cn.qingfeng.platform.database;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import cn.qingfeng.TestServers;
import cn.qingfeng.platform.reactor.Detached;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactoryOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;
import reactor.test.StepVerifier;

import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Breaks the line between the pool and PostgreSQL on purpose.
 */
class PoolIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final DatabaseConfiguration configuration = new DatabaseConfiguration();

	private final DatabaseProperties properties = properties(4);

	private FaultyProxy proxy;

	private LoopResources loops;

	private ConnectionPool pool;

	private DatabaseClient database;

	@BeforeEach
	void open() throws IOException {
		this.proxy = new FaultyProxy(TestServers.postgres().port());
		this.loops = this.configuration.databaseLoops(this.properties);
		this.pool = pool(this.properties);
		this.database = DatabaseClient.create(this.pool);
		this.pool.warmup().block(TIMEOUT);
	}

	private static DatabaseProperties properties(int poolSize) {
		return new DatabaseProperties(poolSize, 1, Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(1),
				Duration.ofSeconds(10));
	}

	private ConnectionPool pool(DatabaseProperties properties) {
		ConnectionFactoryOptions options = ConnectionFactoryOptions.builder()
			.option(ConnectionFactoryOptions.DRIVER, "postgresql")
			.option(ConnectionFactoryOptions.HOST, "127.0.0.1")
			.option(ConnectionFactoryOptions.PORT, this.proxy.port())
			.option(ConnectionFactoryOptions.DATABASE, TestServers.postgres().database())
			.option(ConnectionFactoryOptions.USER, TestServers.postgres().user())
			.option(ConnectionFactoryOptions.PASSWORD, TestServers.postgres().password())
			.build();
		return this.configuration.connectionFactory(() -> options, properties, this.loops);
	}

	@AfterEach
	void close() throws IOException {
		this.pool.disposeLater().onErrorComplete().block(TIMEOUT);
		this.proxy.close();
		this.loops.disposeLater().block(TIMEOUT);
	}

	@Test
	void halfOpenConnectionsHealInSecondsWithoutAFailedRequest() {
		this.proxy.halfOpen();

		long start = System.nanoTime();
		one().as(StepVerifier::create).expectNext(1).expectComplete().verify(TIMEOUT);

		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
		Flux.range(0, 20)
			.concatMap((i) -> one())
			.as(StepVerifier::create)
			.expectNextCount(20)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void aRequestOnALineThatDiesMeanwhileEndsAndItsPlaceInThePoolIsFreed() {
		Mono<Integer> slow = this.database.sql("SELECT pg_sleep(1), :n::int AS n").bind("n", 1).map((row) -> 1).one();
		TransactionalOperator operator = TransactionalOperator.create(new R2dbcTransactionManager(this.pool));
		Mono<List<Integer>> all = Flux.range(0, 4)
			.flatMap((i) -> operator.transactional(slow).onErrorReturn(-1), 4)
			.collectList();

		var outcome = Detached.start(all);
		StepVerifier.create(Mono.delay(Duration.ofMillis(500))).expectNextCount(1).expectComplete().verify(TIMEOUT);
		this.proxy.halfOpen();

		StepVerifier.create(Mono.fromFuture(outcome))
			.expectNext(List.of(-1, -1, -1, -1))
			.expectComplete()
			.verify(TIMEOUT);
		one().as(StepVerifier::create).expectNext(1).expectComplete().verify(TIMEOUT);
		assertThat(Objects.requireNonNull(this.pool.getMetrics().orElseThrow()).acquiredSize()).isZero();
	}

	@Test
	void brokenConnectionsAreReplaced() {
		this.proxy.reset();

		one().retry(1).as(StepVerifier::create).expectNext(1).expectComplete().verify(TIMEOUT);
	}

	@Test
	void cancelledBigQueriesPoisonNothing() {
		Mono<Long> big = this.database.sql("SELECT * FROM generate_series(1, 2000)").fetch().all().count();
		Flux.range(0, 40)
			.concatMap((i) -> big.timeout(Duration.ofNanos(200_000 + i * 50_000L)).onErrorReturn(-1L))
			.as(StepVerifier::create)
			.expectNextCount(40)
			.expectComplete()
			.verify(TIMEOUT);

		Flux.range(0, 20)
			.flatMap((i) -> one(), 20)
			.as(StepVerifier::create)
			.expectNextCount(20)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void aConnectionIsAskedBeforeUseUnlessItHasJustAnswered() {
		ConnectionPool lone = pool(properties(1));
		DatabaseClient client = DatabaseClient.create(lone);
		Mono<Integer> pid = client.sql("SELECT pg_backend_pid() AS pid")
			.map((row) -> Objects.requireNonNull(row.get("pid", Integer.class)))
			.one();
		Mono<Void> cancelled = client.sql("SELECT pg_sleep(0.2)")
			.then()
			.timeout(Duration.ofMillis(50))
			.onErrorComplete();

		pid.flatMap((backend) -> lastQuestion(lone, backend))
			.as(StepVerifier::create)
			.expectNext("SELECT pg_backend_pid() AS pid")
			.expectComplete()
			.verify(TIMEOUT);
		pid.delayElement(Duration.ofMillis(600))
			.flatMap((backend) -> lastQuestion(lone, backend))
			.as(StepVerifier::create)
			.expectNext("SELECT 1")
			.expectComplete()
			.verify(TIMEOUT);
		pid.flatMap((backend) -> cancelled.then(lastQuestion(lone, backend)))
			.as(StepVerifier::create)
			.expectNext("SELECT 1")
			.expectComplete()
			.verify(TIMEOUT);
		lone.disposeLater().block(TIMEOUT);
	}

	/** Of a borrowed connection, seen by another one. */
	private Mono<String> lastQuestion(ConnectionPool lone, int backend) {
		Mono<String> seen = this.database.sql("SELECT query FROM pg_stat_activity WHERE pid = :pid")
			.bind("pid", backend)
			.map((row) -> Objects.requireNonNull(row.get("query", String.class)))
			.one();
		return Mono.usingWhen(lone.create(), (borrowed) -> seen, Connection::close);
	}

	@Test
	void aStatementEndsAtItsLimit() {
		this.database.sql("SELECT pg_sleep(:s)")
			.bind("s", 20)
			.then()
			.as(StepVerifier::create)
			.expectErrorMatches((error) -> error.getMessage().contains("statement timeout"))
			.verify(Duration.ofSeconds(10));
	}

	private Mono<Integer> one() {
		return this.database.sql("SELECT :n::int AS n")
			.bind("n", 1)
			.map((row) -> Objects.requireNonNull(row.get("n", Integer.class)))
			.one();
	}

}
