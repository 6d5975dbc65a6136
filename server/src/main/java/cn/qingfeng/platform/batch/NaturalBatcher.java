package cn.qingfeng.platform.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import cn.qingfeng.platform.problem.BusyProblem;
import cn.qingfeng.platform.reactor.Detached;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

/**
 * Natural batching: at most {@code lanes} batches are in flight, and whatever is
 * submitted meanwhile goes with the next one. There is no timer, so a lone caller waits
 * for nobody.
 * <p>
 * A caller is answered only when its own row is durable. A failing batch is halved until
 * the bad rows stand alone, so one bad row never fails its neighbours; therefore a batch
 * must be one statement or one transaction. An error of the whole (no connection, no
 * answer in time) goes to all at once. A caller that hangs up changes nothing: its row
 * stays in the batch.
 *
 * @param <T> what is submitted
 * @param <R> the answer to it
 */
public final class NaturalBatcher<T, R> {

	/** Longer than the statement timeout of the pool: past it the connection is dead. */
	private static final Duration BATCH_LIMIT = Duration.ofSeconds(15);

	private static final int MOST_WAITING = 20_000;

	private final Queue<Job<T, R>> queue = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	private final AtomicInteger busy = new AtomicInteger();

	private final String name;

	private final int lanes;

	private final int maxBatch;

	private final Function<List<T>, Mono<List<R>>> run;

	private final DistributionSummary sizes;

	/**
	 * Makes a batcher.
	 * @param name tag of its metrics
	 * @param lanes how many batches may be in flight
	 * @param maxBatch rows in one batch at most
	 * @param run answers in the order of its rows, one answer for each
	 * @param meters where {@code qingfeng.batch.size} and {@code qingfeng.batch.waiting}
	 * go
	 */
	public NaturalBatcher(String name, int lanes, int maxBatch, Function<List<T>, Mono<List<R>>> run,
			MeterRegistry meters) {
		this.name = name;
		this.lanes = lanes;
		this.maxBatch = maxBatch;
		this.run = run;
		this.sizes = DistributionSummary.builder("qingfeng.batch.size").tag("batch", name).register(meters);
		Gauge.builder("qingfeng.batch.waiting", this.waiting, AtomicInteger::get).tag("batch", name).register(meters);
	}

	/**
	 * Puts a row into the next batch.
	 * @param row one row
	 * @return its answer; refused with {@link BusyProblem} when too many wait
	 */
	public Mono<R> submit(T row) {
		return Mono.defer(() -> Mono.fromFuture(enqueue(new Job<>(row, new CompletableFuture<>())), true));
	}

	private CompletableFuture<R> enqueue(Job<T, R> job) {
		if (this.waiting.incrementAndGet() > MOST_WAITING) {
			this.waiting.decrementAndGet();
			return CompletableFuture.failedFuture(new BusyProblem());
		}
		this.queue.add(job);
		pump();
		return job.answer();
	}

	private void pump() {
		while (!this.queue.isEmpty() && takeLane()) {
			List<Job<T, R>> batch = nextBatch();
			if (batch.isEmpty()) {
				this.busy.decrementAndGet();
			}
			else {
				this.sizes.record(batch.size());
				Detached.start(settle(batch)).whenComplete((done, error) -> leaveLane());
			}
		}
	}

	private boolean takeLane() {
		int taken = this.busy.getAndUpdate((lanesTaken) -> Math.min(lanesTaken + 1, this.lanes));
		return taken < this.lanes;
	}

	private void leaveLane() {
		this.busy.decrementAndGet();
		pump();
	}

	private List<Job<T, R>> nextBatch() {
		List<Job<T, R>> batch = new ArrayList<>(Math.min(this.maxBatch, this.waiting.get() + 1));
		while (batch.size() < this.maxBatch) {
			Job<T, R> job = this.queue.poll();
			if (job == null) {
				break;
			}
			batch.add(job);
		}
		this.waiting.addAndGet(-batch.size());
		return batch;
	}

	private Mono<Void> settle(List<Job<T, R>> batch) {
		return Mono.defer(() -> this.run.apply(batch.stream().map(Job::row).toList()))
			// a timeout without a name looks for one in all operators before it
			.name(this.name)
			.timeout(BATCH_LIMIT)
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("batch %s gave no answer".formatted(this.name))))
			.doOnNext((answers) -> answer(batch, answers))
			.then()
			.onErrorResume((error) -> settleFailed(batch, error));
	}

	private void answer(List<Job<T, R>> batch, List<R> answers) {
		if (answers.size() != batch.size()) {
			throw new IllegalStateException(
					"batch %s gave %d answers to %d rows".formatted(this.name, answers.size(), batch.size()));
		}
		for (int i = 0; i < batch.size(); i++) {
			batch.get(i).answer().complete(answers.get(i));
		}
	}

	private Mono<Void> settleFailed(List<Job<T, R>> batch, Throwable error) {
		if (batch.size() == 1 || BatchFailure.isOfTheWhole(error)) {
			batch.forEach((job) -> job.answer().completeExceptionally(error));
			return Mono.empty();
		}
		int half = batch.size() / 2;
		return settle(batch.subList(0, half)).then(Mono.defer(() -> settle(batch.subList(half, batch.size()))));
	}

	private record Job<T, R>(T row, CompletableFuture<R> answer) {

	}

}
