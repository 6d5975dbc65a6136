package cn.qingfeng.platform.limit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

import cn.qingfeng.platform.batch.NaturalBatcher;
import cn.qingfeng.platform.problem.Problem;
import cn.qingfeng.platform.problem.TooManyRequestsProblem;
import cn.qingfeng.platform.security.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Limits how often one caller does what costs much or invites abuse, in PostgreSQL and by
 * its clock: the limit holds on all nodes together. Many callers share a statement, and
 * the table is unlogged, so that nobody waits for a disk.
 */
@Component
public class CallRates {

	private static final int LANES = 2;

	private static final int MOST_AT_ONCE = 256;

	/** In one order, or two batches with the same buckets could wait for each other. */
	private static final String COUNT = """
			INSERT INTO call_rate AS old (bucket, ends_at, used)
			SELECT decode(asked.bucket, 'hex'), now() + asked.millis * interval '1 millisecond', asked.calls
			  FROM unnest(:buckets, :millis, :calls) AS asked (bucket, millis, calls)
			 ORDER BY asked.bucket
			ON CONFLICT ON CONSTRAINT call_rate_pk DO UPDATE
			SET ends_at = CASE WHEN old.ends_at <= now() THEN excluded.ends_at ELSE old.ends_at END,
			    used = CASE WHEN old.ends_at <= now() THEN excluded.used ELSE old.used + excluded.used END
			RETURNING encode(bucket, 'hex') AS bucket, used, ceil(extract(epoch FROM ends_at - now()))::bigint AS seconds
			""";

	private final DatabaseClient database;

	private final NaturalBatcher<Call, Verdict> calls;

	CallRates(DatabaseClient database, MeterRegistry meters) {
		this.database = database;
		this.calls = new NaturalBatcher<>("call-rates", LANES, MOST_AT_ONCE, this::counted, meters);
	}

	/**
	 * Does the work if the limit allows one more.
	 * @param bucket what is done, and by whom; only its digest is stored
	 * @param limit of this bucket
	 * @param work begins only then
	 * @param <T> what the work gives
	 * @return the outcome of the work, or {@link TooManyRequestsProblem}
	 */
	public <T> Mono<T> limited(String bucket, RateLimit limit, Mono<T> work) {
		String digest = HexFormat.of().formatHex(Tokens.sha256().digest(bucket.getBytes(StandardCharsets.UTF_8)));
		return this.calls.submit(new Call(digest, limit))
			.flatMap((verdict) -> verdict.allowed() ? work : tooMany(verdict));
	}

	private static <T> Mono<T> tooMany(Verdict verdict) {
		return Mono
			.error(() -> new TooManyRequestsProblem().with(Problem.RETRY_AFTER, Math.max(1, verdict.secondsLeft())));
	}

	private Mono<List<Verdict>> counted(List<Call> batch) {
		SortedMap<String, Integer> calls = new TreeMap<>();
		Map<String, Duration> windows = new HashMap<>();
		batch.forEach((call) -> {
			calls.merge(call.bucket(), 1, Integer::sum);
			windows.put(call.bucket(), call.limit().window());
		});
		return this.database.sql(COUNT)
			.bind("buckets", calls.keySet().toArray(String[]::new))
			.bind("millis",
					calls.keySet()
						.stream()
						.map((bucket) -> Objects.requireNonNull(windows.get(bucket)).toMillis())
						.toArray(Long[]::new))
			.bind("calls", calls.values().toArray(Integer[]::new))
			.mapProperties(Counted.class)
			.all()
			.collectMap(Counted::bucket)
			.map((counted) -> verdicts(batch, calls, counted));
	}

	/** The calls of one bucket in a batch are counted in their order. */
	private static List<Verdict> verdicts(List<Call> batch, Map<String, Integer> calls, Map<String, Counted> counted) {
		Map<String, Integer> numbers = new HashMap<>();
		calls.forEach((bucket, inBatch) -> numbers.put(bucket, counted(counted, bucket).used() - inBatch));
		return batch.stream()
			.map((call) -> new Verdict(numbers.merge(call.bucket(), 1, Integer::sum) <= call.limit().most(),
					counted(counted, call.bucket()).seconds()))
			.toList();
	}

	private static Counted counted(Map<String, Counted> counted, String bucket) {
		return Objects.requireNonNull(counted.get(bucket));
	}

	private record Call(String bucket, RateLimit limit) {

	}

	private record Verdict(boolean allowed, long secondsLeft) {

	}

	/**
	 * A bucket after the statement.
	 *
	 * @param bucket its digest, in hexadecimal
	 * @param used in this window, with those that were refused
	 * @param seconds until the window ends
	 */
	private record Counted(String bucket, int used, long seconds) {

	}

}
