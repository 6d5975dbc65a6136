package cn.qingfeng.local.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Work that WeChat does later. A job is data, so that a snapshot holds it too.
 */
public final class Jobs implements Remembered {

	private static final Logger log = LoggerFactory.getLogger(Jobs.class);

	private static final Comparator<Job> ORDER = Comparator.comparing(Job::due).thenComparingLong(Job::number);

	private final SandboxClock clock;

	private final Map<String, Consumer<JsonNode>> workers = new HashMap<>();

	private final PriorityQueue<Job> waiting = new PriorityQueue<>(ORDER);

	private @Nullable Instant running;

	private long number;

	Jobs(SandboxClock clock) {
		this.clock = clock;
	}

	public void on(String kind, Consumer<JsonNode> worker) {
		this.workers.put(kind, worker);
	}

	/**
	 * Waits from now on, or from the moment for which the job was due that asks: a chain
	 * of jobs stays in time when the clock jumps.
	 */
	public void after(Duration delay, String kind, JsonNode payload) {
		Instant from = (this.running != null) ? this.running : this.clock.instant();
		this.waiting.add(new Job(from.plus(delay), this.number++, kind, payload));
	}

	void runDue() {
		Job next = this.waiting.peek();
		while (next != null && !next.due().isAfter(this.clock.instant())) {
			this.waiting.remove();
			run(next);
			next = this.waiting.peek();
		}
	}

	private void run(Job job) {
		Consumer<JsonNode> worker = this.workers.get(job.kind());
		if (worker == null) {
			throw new IllegalStateException("nobody works on " + job.kind());
		}
		this.running = job.due();
		try {
			worker.accept(job.payload());
		}
		catch (RuntimeException ex) {
			log.error("job {} failed", job.kind(), ex);
		}
		finally {
			this.running = null;
		}
	}

	@Override
	public String name() {
		return "jobs";
	}

	@Override
	public Object save() {
		return new Saved(this.number, List.copyOf(this.waiting));
	}

	@Override
	public void load(JsonNode saved) {
		Saved state = Json.read(saved, Saved.class);
		this.number = state.number();
		this.waiting.clear();
		this.waiting.addAll(state.waiting());
	}

	private record Job(Instant due, long number, String kind, JsonNode payload) {
	}

	private record Saved(long number, List<Job> waiting) {
	}

}
