package cn.qingfeng.platform.database;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import cn.qingfeng.TestServers;
import cn.qingfeng.platform.reactor.Detached;
import io.r2dbc.pool.ConnectionPool;
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

	private final DatabaseProperties properties = new DatabaseProperties(4, 1, Duration.ofSeconds(3),
			Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(10));

	private FaultyProxy proxy;

	private LoopResources loops;

	private ConnectionPool pool;

	private DatabaseClient database;

	@BeforeEach
	void open() throws IOException {
		this.proxy = new FaultyProxy(TestServers.postgres().port());
		this.loops = this.configuration.databaseLoops(this.properties);
		ConnectionFactoryOptions options = ConnectionFactoryOptions.builder()
			.option(ConnectionFactoryOptions.DRIVER, "postgresql")
			.option(ConnectionFactoryOptions.HOST, "127.0.0.1")
			.option(ConnectionFactoryOptions.PORT, this.proxy.port())
			.option(ConnectionFactoryOptions.DATABASE, TestServers.postgres().database())
			.option(ConnectionFactoryOptions.USER, TestServers.postgres().user())
			.option(ConnectionFactoryOptions.PASSWORD, TestServers.postgres().password())
			.build();
		this.pool = this.configuration.connectionFactory(() -> options, this.properties, this.loops);
		this.database = DatabaseClient.create(this.pool);
		this.pool.warmup().block(TIMEOUT);
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
