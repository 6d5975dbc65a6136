package cn.qingfeng.platform.limit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import cn.qingfeng.platform.problem.Problem;
import cn.qingfeng.platform.problem.TooManyRequestsProblem;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Counts what may be done so often only, in PostgreSQL: one statement, which holds for
 * all nodes together.
 */
@Component
public class Rates {

	private static final Duration KEPT = Duration.ofDays(1);

	private final DatabaseClient database;

	private final Clock clock;

	Rates(DatabaseClient database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	/**
	 * Counts one more.
	 * @param bucket who does what; only its digest is stored
	 * @param rate allowed
	 * @return completes, or fails with {@link TooManyRequestsProblem}
	 */
	public Mono<Void> take(String bucket, Rate rate) {
		byte[] digest = Guesses.digest(bucket);
		Instant now = this.clock.instant();
		return count(digest, rate, now).switchIfEmpty(Mono.defer(() -> refuse(digest, rate, now))).then();
	}

	/** Empty when there were too many already. */
	private Mono<Integer> count(byte[] bucket, Rate rate, Instant now) {
		return this.database.sql("""
				WITH old AS (
					DELETE FROM rate WHERE bucket IN (
						SELECT bucket FROM rate WHERE began_at < :old AND bucket <> :bucket LIMIT 20
						FOR UPDATE SKIP LOCKED))
				INSERT INTO rate AS r (bucket, began_at, used) VALUES (:bucket, :now, 1)
				ON CONFLICT (bucket) DO UPDATE SET
					began_at = CASE WHEN r.began_at <= :since THEN excluded.began_at ELSE r.began_at END,
					used = CASE WHEN r.began_at <= :since THEN 1 ELSE r.used + 1 END
				WHERE r.began_at <= :since OR r.used < :most
				RETURNING used
				""")
			.bind("old", now.minus(KEPT))
			.bind("bucket", bucket)
			.bind("now", now)
			.bind("since", now.minus(rate.window()))
			.bind("most", rate.most())
			.mapValue(Integer.class)
			.one();
	}

	private Mono<Integer> refuse(byte[] bucket, Rate rate, Instant now) {
		return this.database.sql("SELECT began_at FROM rate WHERE bucket = :bucket")
			.bind("bucket", bucket)
			.mapValue(Instant.class)
			.one()
			.defaultIfEmpty(now)
			.flatMap((began) -> Mono.error(new TooManyRequestsProblem().with(Problem.RETRY_AFTER,
					Math.max(1, Duration.between(now, began.plus(rate.window())).toSeconds() + 1))));
	}

}
