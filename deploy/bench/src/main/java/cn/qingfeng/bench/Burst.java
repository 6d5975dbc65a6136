package cn.qingfeng.bench;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * All members come within a window, most of them early, as after a push: each fetches the
 * paper, thinks, and hands it in, whether the server keeps up or not. What a call takes
 * is counted from the moment at which it was due, so waiting for a slow server counts.
 */
final class Burst implements AutoCloseable {

	/** As a proxy before the server keeps them. */
	private static final int CONNECTIONS = 500;

	/** Shorter than the server's. */
	private static final Duration IDLE = Duration.ofSeconds(8);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	/** The share of the window that is the mean of the arrivals' exponential decay. */
	private static final double DECAY = 1.0 / 3;

	private static final long SEED = 20261125;

	private final ConnectionProvider connections = ConnectionProvider.builder("phones")
		.maxConnections(CONNECTIONS)
		.pendingAcquireMaxCount(-1)
		.pendingAcquireTimeout(PATIENCE)
		.maxIdleTime(IDLE)
		.lifo()
		.build();

	private final HttpClient http;

	private final Queue<Long> papers = new ConcurrentLinkedQueue<>();

	private final Queue<Long> submissions = new ConcurrentLinkedQueue<>();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private final AtomicInteger acknowledged = new AtomicInteger();

	Burst(int port) {
		this.http = HttpClient.create(this.connections).host(Ports.LOOPBACK).port(port).responseTimeout(PATIENCE);
	}

	/**
	 * Lets every member come once.
	 * @param all the papers, one a member
	 * @param window within which they come
	 * @param thinking how long a member has the paper at most
	 * @return once the last has an answer
	 */
	Outcome run(Papers all, Duration window, Duration thinking) {
		RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
		long start = System.nanoTime();
		Flux.range(0, all.size())
			.flatMap((index) -> visit(all, index, start + arrival(random, window),
					(long) (random.nextDouble() * thinking.toNanos())), all.size())
			.then()
			.block(window.plus(thinking).plus(PATIENCE.multipliedBy(3)));
		return new Outcome(latencies(this.papers), latencies(this.submissions), this.acknowledged.get(),
				this.failures.size(), (this.failures.peek() != null) ? this.failures.peek() : "");
	}

	/** Inverse of the exponential distribution that is cut off at the window's end. */
	private static long arrival(RandomGenerator random, Duration window) {
		double within = 1 - Math.exp(-1 / DECAY);
		return (long) (-DECAY * Math.log(1 - random.nextDouble() * within) * window.toNanos());
	}

	private Mono<Void> visit(Papers all, int index, long due, long thinking) {
		return at(due)
			.then(Mono.defer(() -> call(HttpMethod.GET, all.paperPath(index), all.token(index), due, this.papers)))
			.flatMap((ok) -> submit(all, index, System.nanoTime() + thinking));
	}

	private Mono<Void> submit(Papers all, int index, long due) {
		return at(due)
			.then(Mono
				.defer(() -> call(HttpMethod.POST, all.submissionPath(index), all.token(index), due, this.submissions)))
			.doOnNext((ok) -> this.acknowledged.incrementAndGet())
			.then();
	}

	private static Mono<Long> at(long due) {
		return Mono.defer(() -> Mono.delay(Duration.ofNanos(Math.max(0, due - System.nanoTime()))));
	}

	/** True, or empty after a failure. */
	private Mono<Boolean> call(HttpMethod method, String path, String token, long due, Queue<Long> latencies) {
		return this.http.headers((headers) -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token))
			.request(method)
			.uri(path)
			.responseSingle((response, body) -> body.asByteArray().thenReturn(response.status().code()))
			.filter((status) -> noted(status, method, due, latencies))
			.map((status) -> true)
			.onErrorResume((error) -> {
				this.failures.add(method + " " + error);
				return Mono.empty();
			});
	}

	private boolean noted(int status, HttpMethod method, long due, Queue<Long> latencies) {
		if (status != 200) {
			this.failures.add(method + " " + status);
			return false;
		}
		latencies.add(System.nanoTime() - due);
		return true;
	}

	private static Latencies latencies(Queue<Long> nanos) {
		return Latencies.of(LongStream.of(nanos.stream().mapToLong(Long::longValue).toArray()));
	}

	@Override
	public void close() {
		this.connections.disposeLater().block(PATIENCE);
	}

	/**
	 * What the members saw.
	 *
	 * @param papers fetching
	 * @param submissions handing in
	 * @param acknowledged papers
	 * @param errors calls without the answer that was asked for
	 * @param failure the first of them, empty without
	 */
	record Outcome(Latencies papers, Latencies submissions, int acknowledged, int errors, String failure) {

		double p99() {
			return Math.max(this.papers.p99(), this.submissions.p99());
		}

		double max() {
			return Math.max(this.papers.max(), this.submissions.max());
		}

	}

}
