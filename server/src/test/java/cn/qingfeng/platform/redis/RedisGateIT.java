package cn.qingfeng.platform.redis;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import cn.qingfeng.local.embedded.EmbeddedRedis;
import cn.qingfeng.platform.reactor.BackgroundLoops;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Freezes and kills a Redis of its own.
 */
class RedisGateIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Path FOLDER = Path.of("target", "redis-gate-it");

	private EmbeddedRedis redis;

	private RedissonClient client;

	private BackgroundLoops loops;

	private RedisGate gate;

	@BeforeEach
	void open() {
		this.redis = EmbeddedRedis.start(FOLDER, 0);
		this.loops = new BackgroundLoops();
		this.client = new RedisConfiguration().redisson(details(this.redis.port()));
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		beans.addBean("redisson", this.client);
		this.gate = new RedisGate(beans.getBeanProvider(RedissonClient.class), this.loops, new SimpleMeterRegistry());
		this.loops.start();
		Awaitility.await().atMost(TIMEOUT).until(this.gate::isOpen);
	}

	@AfterEach
	void close() {
		this.loops.stop();
		this.gate.close();
		this.client.shutdown(0, 2, TimeUnit.SECONDS);
		this.redis.close();
	}

	@Test
	void redisIsAsked() {
		this.gate.call("set", (redis) -> redis.<String>getBucket("gate").set("清风"))
			.then(this.gate.call("get", (redis) -> redis.<String>getBucket("gate").get()))
			.as(StepVerifier::create)
			.expectNext("清风")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void noRequestWaitsForAFrozenRedisLongerThanASecond() throws Exception {
		signal("STOP");
		try {
			Duration first = elapsed(this.gate.attempt("get", (redis) -> redis.<String>getBucket("gate").get()));
			assertThat(first).isLessThan(Duration.ofMillis(1_200));

			Awaitility.await().atMost(TIMEOUT).until(() -> !this.gate.isOpen());
			Duration later = elapsed(this.gate.attempt("get", (redis) -> redis.<String>getBucket("gate").get()));
			assertThat(later).isLessThan(Duration.ofMillis(100));
			Status status = new RedisHealthIndicator(this.gate).health().getStatus();
			assertThat(status).isEqualTo(new Status("DEGRADED"));
		}
		finally {
			signal("CONT");
		}
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(this.gate::isOpen);
		redisIsAsked();
	}

	@Test
	void aRestartedRedisIsFoundAgain() {
		int port = this.redis.port();
		this.redis.close();
		Awaitility.await().atMost(TIMEOUT).until(() -> !this.gate.isOpen());

		this.gate.call("get", (redis) -> redis.<String>getBucket("gate").get())
			.as(StepVerifier::create)
			.expectError(RedisUnavailableException.class)
			.verify(TIMEOUT);

		this.redis = EmbeddedRedis.start(FOLDER, port);
		Awaitility.await().atMost(Duration.ofSeconds(15)).until(this.gate::isOpen);
		redisIsAsked();
	}

	@Test
	void theClientIsMadeWithoutRedis() {
		RedissonClient nowhere = new RedisConfiguration().redisson(details(1));
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		beans.addBean("redisson", nowhere);
		BackgroundLoops ownLoops = new BackgroundLoops();
		RedisGate closed = new RedisGate(beans.getBeanProvider(RedissonClient.class), ownLoops,
				new SimpleMeterRegistry());
		ownLoops.start();

		assertThat(elapsed(closed.attempt("get", (redis) -> redis.<String>getBucket("gate").get())))
			.isLessThan(Duration.ofMillis(200));

		ownLoops.stop();
		closed.close();
		nowhere.shutdown(0, 2, TimeUnit.SECONDS);
	}

	private static Duration elapsed(Mono<?> call) {
		long start = System.nanoTime();
		call.then().as(StepVerifier::create).expectComplete().verify(TIMEOUT);
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private static DataRedisConnectionDetails details(int port) {
		return new DataRedisConnectionDetails() {
			@Override
			public Standalone getStandalone() {
				return Standalone.of("127.0.0.1", port);
			}
		};
	}

	private void signal(String name) throws IOException, InterruptedException {
		new ProcessBuilder("kill", "-" + name, Long.toString(this.redis.pid())).start().waitFor();
	}

}
