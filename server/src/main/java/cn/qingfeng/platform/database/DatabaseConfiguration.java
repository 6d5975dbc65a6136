package cn.qingfeng.platform.database;

import java.time.Duration;
import java.util.Map;

import cn.qingfeng.platform.reactor.BackgroundLoops;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.ValidationDepth;
import reactor.netty.resources.LoopResources;
import reactor.pool.PoolBuilder;

import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The pool, by hand. Boot's own hangs for ever on a half-open connection and hands out
 * connections that a cancelled query has poisoned; this one asks each connection that was
 * idle or cancelled a question before use, gives it a second to answer, and tries as many
 * as there are. Own event loops make it a third faster than those of the web server. The
 * connection used last is used next, for its process still has everything at hand; values
 * come in binary, for times and arrays as text take long to read.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

	/** Statements kept prepared on each connection; unbounded by default. */
	private static final int STATEMENT_CACHE = 256;

	/** What the server may be late with ending a statement. */
	private static final Duration GRACE = Duration.ofSeconds(2);

	private static final Duration VALIDATION_LIMIT = Duration.ofSeconds(1);

	@Bean(destroyMethod = "dispose")
	LoopResources databaseLoops(DatabaseProperties properties) {
		return new WatchedLoops(properties.loops(), properties.statementTimeout().plus(GRACE));
	}

	@Bean(destroyMethod = "dispose")
	ConnectionPool connectionFactory(R2dbcConnectionDetails details, DatabaseProperties properties,
			LoopResources databaseLoops) {
		ConnectionFactory postgres = new ProvenConnections(
				new PostgresqlConnectionFactoryProvider().create(options(details, properties, databaseLoops)));
		return new ConnectionPool(ConnectionPoolConfiguration.builder(postgres)
			.name("postgres")
			.initialSize(properties.poolSize())
			.minIdle(properties.poolSize())
			.maxSize(properties.poolSize())
			.maxIdleTime(Duration.ofMinutes(-1))
			.maxLifeTime(Duration.ofHours(1))
			.maxAcquireTime(properties.acquireTimeout())
			.maxCreateConnectionTime(properties.acquireTimeout())
			.acquireRetry(properties.poolSize())
			.validationDepth(ValidationDepth.REMOTE)
			.maxValidationTime(VALIDATION_LIMIT)
			.customizer(PoolBuilder::idleResourceReuseMruOrder)
			.build());
	}

	@Bean(destroyMethod = "close")
	Notices notices(R2dbcConnectionDetails details, DatabaseProperties properties, LoopResources databaseLoops,
			BackgroundLoops loops) {
		return new Notices(
				new PostgresqlConnectionFactoryProvider().create(options(details, properties, databaseLoops)), loops);
	}

	private static ConnectionFactoryOptions options(R2dbcConnectionDetails details, DatabaseProperties properties,
			LoopResources loops) {
		return details.getConnectionFactoryOptions()
			.mutate()
			.option(ConnectionFactoryOptions.CONNECT_TIMEOUT, properties.acquireTimeout())
			.option(PostgresqlConnectionFactoryProvider.APPLICATION_NAME, "qingfeng")
			.option(PostgresqlConnectionFactoryProvider.LOOP_RESOURCES, loops)
			.option(PostgresqlConnectionFactoryProvider.PREPARED_STATEMENT_CACHE_QUERIES, STATEMENT_CACHE)
			.option(PostgresqlConnectionFactoryProvider.FORCE_BINARY, true)
			.option(PostgresqlConnectionFactoryProvider.TCP_KEEPALIVE, true)
			.option(PostgresqlConnectionFactoryProvider.TCP_NODELAY, true)
			.option(PostgresqlConnectionFactoryProvider.STATEMENT_TIMEOUT, properties.statementTimeout())
			.option(PostgresqlConnectionFactoryProvider.LOCK_WAIT_TIMEOUT, properties.lockTimeout())
			.option(PostgresqlConnectionFactoryProvider.OPTIONS,
					Map.of("idle_in_transaction_session_timeout",
							Long.toString(properties.idleInTransactionTimeout().toMillis())))
			.build();
	}

}
