package cn.qingfeng.platform.seed;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.platform.reactor.Transactions;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@QingfengIT
class SeedRunnerIT {

	@Autowired
	private SeedFolder seeds;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private Transactions transactions;

	@Autowired
	private Clock clock;

	private final AtomicInteger loads = new AtomicInteger();

	private final String name = "probe-" + UUID.randomUUID();

	@Test
	void seedsAreLoadedOnceUntilTheyChange() {
		run("1", Mono.empty());
		run("1", Mono.empty());
		assertThat(this.loads).hasValue(1);

		run("2", Mono.empty());
		assertThat(this.loads).hasValue(2);
	}

	@Test
	void aFailedLoadStopsTheStartAndIsTriedAgain() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> run("1", Mono.error(new IllegalArgumentException("broken seeds"))));

		run("1", Mono.empty());
		assertThat(this.loads).hasValue(2);
	}

	@Test
	void ofTwoNodesOneLoads() {
		try (ExecutorService nodes = Executors.newFixedThreadPool(2)) {
			nodes.submit(() -> run("1", Mono.delay(Duration.ofMillis(300)).then()));
			nodes.submit(() -> run("1", Mono.delay(Duration.ofMillis(300)).then()));
		}

		assertThat(this.loads).hasValue(1);
	}

	private void run(String edition, Mono<Void> work) {
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		beans.addBean("probe", new Probe(this.name, edition, this.loads, work));
		ObjectProvider<SeedLoader> loaders = beans.getBeanProvider(SeedLoader.class);
		new SeedRunner(loaders, this.seeds, this.database, this.transactions, this.clock)
			.run(new DefaultApplicationArguments());
	}

	private record Probe(String name, String edition, AtomicInteger loads, Mono<Void> work) implements SeedLoader {

		@Override
		public Mono<Void> load(SeedFolder seeds) {
			return Mono.fromRunnable(this.loads::incrementAndGet).then(this.work);
		}

		@Override
		public String edition(Clock clock) {
			return this.edition;
		}

	}

}
