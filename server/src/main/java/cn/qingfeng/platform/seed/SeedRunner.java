package cn.qingfeng.platform.seed;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

import cn.qingfeng.platform.reactor.Startup;
import cn.qingfeng.platform.reactor.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Runs the seed loaders: after the migrations, before readiness. A lock in the database
 * lets one node load while the others wait.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class SeedRunner implements ApplicationRunner {

	private static final Duration LIMIT = Duration.ofMinutes(5);

	private static final Retry WHILE_ANOTHER_NODE_LOADS = Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(500))
		.filter(AnotherNodeLoadsException.class::isInstance);

	private static final Logger log = LoggerFactory.getLogger(SeedRunner.class);

	private final ObjectProvider<SeedLoader> loaders;

	private final SeedFolder seeds;

	private final DatabaseClient database;

	private final Transactions transactions;

	private final Clock clock;

	SeedRunner(ObjectProvider<SeedLoader> loaders, SeedFolder seeds, DatabaseClient database, Transactions transactions,
			Clock clock) {
		this.loaders = loaders;
		this.seeds = seeds;
		this.database = database;
		this.transactions = transactions;
		this.clock = clock;
	}

	@Override
	public void run(ApplicationArguments args) {
		Startup.await(Flux.fromStream(this.loaders::orderedStream).concatMap(this::load).then(), LIMIT);
	}

	private Mono<Void> load(SeedLoader loader) {
		String digest = this.seeds.digest(loader.folders()) + loader.edition(this.clock);
		Mono<Void> alone = lock().then(Mono.defer(() -> isLoaded(loader, digest)))
			.flatMap((loaded) -> loaded ? Mono.empty() : loadNow(loader, digest));
		return this.transactions.inTransaction(alone).retryWhen(WHILE_ANOTHER_NODE_LOADS);
	}

	private Mono<Void> loadNow(SeedLoader loader, String digest) {
		return loader.load(this.seeds)
			.then(Mono.defer(() -> remember(loader, digest)))
			.doOnSuccess((done) -> log.info("seeds of {} loaded", loader.name()));
	}

	/** Asks instead of waiting: no statement of ours may wait that long. */
	private Mono<Void> lock() {
		return this.database.sql("SELECT pg_try_advisory_xact_lock(:key)")
			.bind("key", Objects.hash("qingfeng", "seeds"))
			.mapValue(Boolean.class)
			.one()
			.filter(Boolean::booleanValue)
			.switchIfEmpty(Mono.error(AnotherNodeLoadsException::new))
			.then();
	}

	private Mono<Boolean> isLoaded(SeedLoader loader, String digest) {
		return this.database.sql("SELECT true FROM seed_load WHERE folder = :folder AND digest = :digest")
			.bind("folder", loader.name())
			.bind("digest", digest)
			.mapValue(Boolean.class)
			.one()
			.defaultIfEmpty(false);
	}

	private Mono<Void> remember(SeedLoader loader, String digest) {
		return this.database.sql("""
				INSERT INTO seed_load (folder, digest) VALUES (:folder, :digest)
				ON CONFLICT (folder) DO UPDATE SET digest = excluded.digest, loaded_at = now()
				""").bind("folder", loader.name()).bind("digest", digest).then();
	}

	private static final class AnotherNodeLoadsException extends RuntimeException {

	}

}
