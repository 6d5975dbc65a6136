package cn.qingfeng.platform.limit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.limit.GuessLimit.Guess;
import cn.qingfeng.platform.problem.Problem;
import cn.qingfeng.platform.problem.TooManyRequestsProblem;
import cn.qingfeng.platform.reactor.Transactions;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Limits guesses at secrets, in PostgreSQL: it holds on all nodes together and outlives
 * them. A guess is written down before it is checked, so that a thousand at once, or
 * callers that hang up early, get no more of them than one after the other.
 */
@Component
public class Guesses {

	private static final Duration PATIENCE = Duration.ofMillis(100);

	private static final int LOOKS = 30;

	private static final Duration KEPT = Duration.ofDays(1);

	private final DatabaseClient database;

	private final Transactions transactions;

	private final IdGenerator ids;

	private final Clock clock;

	Guesses(DatabaseClient database, Transactions transactions, IdGenerator ids, Clock clock) {
		this.database = database;
		this.transactions = transactions;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Checks a guess if the limit allows one more.
	 * @param bucket whose secret, and from where; only its digest is stored
	 * @param limit of this bucket
	 * @param check succeeds when the guess was right
	 * @param wrong tells the errors that mean a wrong guess; others do not count
	 * @param <T> what a right guess gives
	 * @return the outcome of the check, or {@link TooManyRequestsProblem} unchecked
	 */
	public <T> Mono<T> limited(String bucket, GuessLimit limit, Mono<T> check, Predicate<Throwable> wrong) {
		byte[] digest = digest(bucket);
		return begin(digest, limit)
			.retryWhen(Retry.fixedDelay(LOOKS, PATIENCE)
				.filter(UndecidedException.class::isInstance)
				.onRetryExhaustedThrow((spec, signal) -> tooMany(PATIENCE)))
			.flatMap((id) -> check
				.onErrorResume((error) -> (wrong.test(error) ? settle(id) : withdraw(id)).then(Mono.error(error)))
				.flatMap((right) -> (limit.rightForgives() ? forgive(digest) : withdraw(id)).thenReturn(right)));
	}

	private Mono<UUID> begin(byte[] bucket, GuessLimit limit) {
		return this.transactions.inTransaction(
				lock(bucket).then(Mono.defer(() -> judged(bucket, limit))).then(Mono.defer(() -> add(bucket))));
	}

	private Mono<Void> lock(byte[] bucket) {
		return this.database.sql("SELECT pg_advisory_xact_lock(:key)")
			.bind("key", ByteBuffer.wrap(bucket).getLong())
			.then();
	}

	private Mono<Void> judged(byte[] bucket, GuessLimit limit) {
		Instant now = this.clock.instant();
		return this.database.sql("""
				SELECT at, pending FROM guess
				WHERE bucket = :bucket AND at > :since AND at <= :latest
				ORDER BY at DESC LIMIT :most
				""")
			.bind("bucket", bucket)
			.bind("since", now.minus(limit.window()))
			.bind("latest", now.plus(GuessLimit.CHECK_TAKES_AT_MOST))
			.bind("most", limit.most())
			.mapProperties(Guess.class)
			.all()
			.collectList()
			.flatMap((guesses) -> switch (limit.judge(guesses, now)) {
				case GuessLimit.Allowed allowed -> Mono.empty();
				case GuessLimit.Undecided undecided -> Mono.error(new UndecidedException());
				case GuessLimit.Refused refused -> Mono.error(tooMany(Duration.between(now, refused.until())));
			});
	}

	private Mono<UUID> add(byte[] bucket) {
		UUID id = this.ids.next();
		Instant now = this.clock.instant();
		return this.database.sql("""
				WITH old AS (
					DELETE FROM guess WHERE id IN (
						SELECT id FROM guess WHERE at < :old LIMIT 100 FOR UPDATE SKIP LOCKED))
				INSERT INTO guess (id, bucket, at, pending) VALUES (:id, :bucket, :now, true)
				""")
			.bind("old", now.minus(KEPT))
			.bind("id", id)
			.bind("bucket", bucket)
			.bind("now", now)
			.then()
			.thenReturn(id);
	}

	private Mono<Void> settle(UUID id) {
		return this.database.sql("UPDATE guess SET pending = false WHERE id = :id").bind("id", id).then();
	}

	private Mono<Void> withdraw(UUID id) {
		return this.database.sql("DELETE FROM guess WHERE id = :id").bind("id", id).then();
	}

	private Mono<Void> forgive(byte[] bucket) {
		return this.database.sql("DELETE FROM guess WHERE bucket = :bucket").bind("bucket", bucket).then();
	}

	private static Problem tooMany(Duration wait) {
		return new TooManyRequestsProblem().with(Problem.RETRY_AFTER, Math.max(1, wait.toSeconds() + 1));
	}

	static byte[] digest(String bucket) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bucket.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

	/** Rolls the transaction back and asks again a little later. */
	private static final class UndecidedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		UndecidedException() {
			super("guesses are being checked", null, false, false);
		}

	}

}
