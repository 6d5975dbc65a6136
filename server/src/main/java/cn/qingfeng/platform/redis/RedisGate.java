package cn.qingfeng.platform.redis;

import java.time.Duration;
import java.util.function.Function;

import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.reactor.BoundedScheduler;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import org.redisson.api.RedissonClient;
import org.redisson.api.RedissonReactiveClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The way of a request to Redis: never slower than {@link #LIMIT}, and refused at once
 * while Redis is known to be away. What is behind it may be lost at any time; PostgreSQL
 * holds the truth. Write absolute values: a call that timed out may have run, and is
 * tried twice.
 */
@Component
public class RedisGate {

	/** What a request may lose to Redis at most. */
	static final Duration LIMIT = Duration.ofMillis(900);

	private static final Duration PROBE_PAUSE = Duration.ofSeconds(1);

	private static final Logger log = LoggerFactory.getLogger(RedisGate.class);

	private final ObjectProvider<RedissonClient> client;

	private final BoundedScheduler connecting = BoundedScheduler.of("redis-probe", 1, 4);

	private final MeterRegistry meters;

	private volatile boolean open;

	RedisGate(ObjectProvider<RedissonClient> client, BackgroundLoops loops, MeterRegistry meters) {
		this.client = client;
		this.meters = meters;
		meters.gauge("qingfeng.redis.up", this, (gate) -> gate.open ? 1 : 0);
		loops.start("redis-probe", PROBE_PAUSE, this::probe);
	}

	/** Whether the last probe, at most some seconds ago, got an answer. */
	public boolean isOpen() {
		return this.open;
	}

	/**
	 * Asks Redis.
	 * @param operation for log and metrics
	 * @param call of the reactive client
	 * @param <T> the answer
	 * @return the answer, or {@link RedisUnavailableException}
	 */
	public <T> Mono<T> call(String operation, Function<RedissonReactiveClient, Mono<T>> call) {
		if (!this.open) {
			return Mono.error(() -> new RedisUnavailableException(operation));
		}
		return Mono.defer(() -> call.apply(this.client.getObject().reactive()))
			.timeout(LIMIT)
			.onErrorMap((error) -> failed(operation, error));
	}

	/**
	 * Asks Redis for what can be done without: as {@link #call}, but empty on any
	 * failure.
	 * @param operation for log and metrics
	 * @param call of the reactive client
	 * @param <T> the answer
	 * @return the answer, empty without Redis
	 */
	public <T> Mono<T> attempt(String operation, Function<RedissonReactiveClient, Mono<T>> call) {
		return call(operation, call).onErrorComplete(RedisUnavailableException.class);
	}

	private RedisUnavailableException failed(String operation, Throwable error) {
		this.meters.counter("qingfeng.redis.failures", "operation", operation).increment();
		log.debug("redis: {} failed", operation, error);
		return new RedisUnavailableException(operation, error);
	}

	/** On a thread of its own: the first use of the client connects, and that blocks. */
	private Mono<Boolean> probe() {
		return this.connecting.call(this::ping, Duration.ofSeconds(5))
			.onErrorReturn(false)
			.doOnNext(this::note)
			.thenReturn(false);
	}

	private boolean ping() {
		this.client.getObject().getBucket("qingfeng:probe").isExists();
		return true;
	}

	private void note(boolean answered) {
		if (this.open != answered) {
			this.open = answered;
			if (answered) {
				log.info("redis is there");
			}
			else {
				log.warn("redis is away: going on without it");
			}
		}
	}

	@PreDestroy
	void close() {
		this.connecting.close();
	}

}
