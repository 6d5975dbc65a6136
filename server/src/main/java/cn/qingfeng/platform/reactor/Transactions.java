package cn.qingfeng.platform.reactor;

import java.time.Duration;

import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolBuilder;
import reactor.util.retry.Retry;

import org.springframework.stereotype.Component;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionContextManager;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * The one way to a database transaction. It is shielded from cancellation: once begun, a
 * transaction is committed or rolled back whatever the caller does, for Spring's operator
 * can otherwise return a connection with an open transaction to the pool
 * (spring-framework issue 32115). Work undone by a deadlock or a serialization failure is
 * tried again up to five times, so it must be safe to subscribe to it more than once.
 */
@Component
public class Transactions {

	private static final Retry BY_CHANCE = Retry.backoff(4, Duration.ofMillis(50))
		.jitter(0.75)
		.filter(SqlStates::isRetryable)
		.onRetryExhaustedThrow((spec, signal) -> signal.failure());

	/** Those that collided go on one at a time, or they would collide again. */
	private final InstrumentedPool<Object> lane = PoolBuilder.from(Mono.just(new Object()))
		.sizeBetween(1, 1)
		.buildPool();

	private final TransactionalOperator operator;

	Transactions(ReactiveTransactionManager manager) {
		this.operator = TransactionalOperator.create(manager);
	}

	/**
	 * Runs the work in a transaction; inside an open one it takes part in that.
	 * @param work database work only: a remote call would hold a connection
	 * @param <T> the answer
	 * @return the answer, after the commit when this call opened the transaction
	 */
	public <T> Mono<T> inTransaction(Mono<T> work) {
		Mono<T> transactional = this.operator.transactional(work);
		return isOpen().flatMap((open) -> open ? transactional : Detached.from(stubborn(transactional)));
	}

	private <T> Mono<T> stubborn(Mono<T> work) {
		return work.onErrorResume(SqlStates::isRetryable,
				(error) -> this.lane.withPoolable((mine) -> work.retryWhen(BY_CHANCE)).singleOrEmpty());
	}

	/**
	 * Registers what follows a commit, for instance waking a worker.
	 * @param action must not block; it runs on the thread of the commit
	 * @return completes when registered, fails outside a transaction
	 */
	public Mono<Void> afterCommit(Runnable action) {
		return TransactionSynchronizationManager.forCurrentTransaction()
			.doOnNext((manager) -> manager.registerSynchronization(new AfterCommit(action)))
			.then();
	}

	private static Mono<Boolean> isOpen() {
		return TransactionContextManager.currentContext()
			.then(TransactionSynchronizationManager.forCurrentTransaction())
			.map(TransactionSynchronizationManager::isActualTransactionActive)
			.onErrorReturn(NoTransactionException.class, false);
	}

	private record AfterCommit(Runnable action) implements TransactionSynchronization {

		@Override
		public Mono<Void> afterCommit() {
			return Mono.fromRunnable(this.action);
		}

	}

}
