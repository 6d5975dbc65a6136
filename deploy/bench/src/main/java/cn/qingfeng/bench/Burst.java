package cn.qingfeng.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;

/**
 * All members come within a window, most of them early, as after a push: each fetches the
 * paper, thinks, and hands it in, whether the server keeps up or not. What a call takes
 * is counted from the moment at which it was due, so waiting for a slow server counts. It
 * shares the processors with what it loads, so it is as sparing as {@link ClosedLoop}.
 */
final class Burst implements AutoCloseable {

	private static final int THREADS = 2;

	/** As a proxy before the server keeps them. */
	private static final int CONNECTIONS = 500;

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	/** The share of the window that is the mean of the arrivals' exponential decay. */
	private static final double DECAY = 1.0 / 3;

	private static final long SEED = 20261125;

	private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(THREADS, NioIoHandler.newFactory());

	private final int port;

	Burst(int port) {
		this.port = port;
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
		CountDownLatch gone = new CountDownLatch(all.size());
		List<BurstLines> lanes = Stream
			.generate(() -> new BurstLines(this.loops.next(), this.port, CONNECTIONS / THREADS, gone))
			.limit(THREADS)
			.toList();
		List<BurstLines.Visit> visits = IntStream.range(0, all.size())
			.mapToObj((index) -> new BurstLines.Visit(ClosedLoop.get(all.paperPath(index), all.token(index)),
					ClosedLoop.post(all.submissionPath(index), all.token(index)), arrival(random, window),
					(long) (random.nextDouble() * thinking.toNanos())))
			.toList();
		long start = System.nanoTime();
		IntStream.range(0, visits.size())
			.forEach((index) -> lanes.get(index % THREADS).expect(visits.get(index), start));
		await(gone, window.plus(thinking).plus(PATIENCE));
		return Outcome.of(lanes);
	}

	private static void await(CountDownLatch gone, Duration longest) {
		try {
			if (!gone.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new BenchException("An answer does not come");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new BenchException("Interrupted", ex);
		}
	}

	/** Inverse of the exponential distribution that is cut off at the window's end. */
	private static long arrival(RandomGenerator random, Duration window) {
		double within = 1 - Math.exp(-1 / DECAY);
		return (long) (-DECAY * Math.log(1 - random.nextDouble() * within) * window.toNanos());
	}

	@Override
	public void close() {
		this.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
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

		private static Outcome of(List<BurstLines> lanes) {
			Latencies submissions = latencies(lanes.stream().map(BurstLines::submissions));
			List<String> failures = lanes.stream().flatMap((lane) -> lane.failures().stream()).toList();
			return new Outcome(latencies(lanes.stream().map(BurstLines::papers)), submissions,
					submissions.sorted().length, failures.size(), failures.isEmpty() ? "" : failures.getFirst());
		}

		private static Latencies latencies(Stream<List<Long>> nanos) {
			return Latencies.of(LongStream.of(nanos.flatMap(List::stream).mapToLong(Long::longValue).toArray()));
		}

		double p99() {
			return Math.max(this.papers.p99(), this.submissions.p99());
		}

		double max() {
			return Math.max(this.papers.max(), this.submissions.max());
		}

	}

}
