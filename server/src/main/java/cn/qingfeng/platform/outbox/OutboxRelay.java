package cn.qingfeng.platform.outbox;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.reactor.Loop;
import cn.qingfeng.platform.reactor.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Carries events to their handlers, on every node at once: a delivery is locked with SKIP
 * LOCKED, handled and marked in one transaction. A handler that fails is tried again with
 * growing pauses and after {@value #MOST_ATTEMPTS} attempts left as DEAD for a person.
 */
@Component
class OutboxRelay {

	private static final int MOST_ATTEMPTS = 10;

	private static final int LANES = 4;

	private static final Duration HANDLER_LIMIT = Duration.ofSeconds(20);

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

	private static final int LONGEST_ERROR = 1_000;

	private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

	private final OutboxHandlers handlers;

	private final OutboxTable table;

	private final Transactions transactions;

	private final JsonMapper json;

	private final MeterRegistry meters;

	private final AtomicLong pending;

	private final AtomicLong dead;

	private final Loop loop;

	OutboxRelay(OutboxHandlers handlers, OutboxTable table, Transactions transactions, BackgroundLoops loops,
			JsonMapper json, MeterRegistry meters) {
		this.handlers = handlers;
		this.table = table;
		this.transactions = transactions;
		this.json = json;
		this.meters = meters;
		this.pending = meters.gauge("qingfeng.outbox.pending", new AtomicLong());
		this.dead = meters.gauge("qingfeng.outbox.dead", new AtomicLong());
		this.loop = loops.start("outbox-relay", Duration.ofSeconds(1), this::relay);
		loops.start("outbox-backlog", Duration.ofSeconds(15), this::measure);
		loops.start("outbox-clean-up", Duration.ofMinutes(30), table::cleanUp);
	}

	void wake() {
		this.loop.wake();
	}

	/** One asks; only when there was something, more join in. */
	private Mono<Boolean> relay() {
		return deliverNext().flatMap((found) -> found ? relayMore().thenReturn(true) : Mono.just(false));
	}

	private Mono<Void> relayMore() {
		return Flux.range(0, LANES).flatMap((lane) -> deliverNext(), LANES).then();
	}

	/** True when there was something to deliver. */
	private Mono<Boolean> deliverNext() {
		Mono<Boolean> delivered = this.table.lockNext(this.handlers.names()).flatMap(this::deliver).hasElement();
		return this.transactions.inTransaction(delivered)
			.onErrorResume(FailedDelivery.class, (failed) -> postpone(failed).thenReturn(true));
	}

	private Mono<Delivery> deliver(Delivery delivery) {
		return Mono.defer(() -> handle(delivery))
			.timeout(HANDLER_LIMIT)
			.then(Mono.defer(() -> this.table.markDone(delivery)))
			.doOnSuccess((done) -> count(delivery, "done"))
			.thenReturn(delivery)
			.onErrorMap((error) -> new FailedDelivery(delivery, error));
	}

	private Mono<Void> handle(Delivery delivery) {
		OutboxHandler<?> handler = this.handlers.find(delivery.handler());
		return (handler != null) ? handle(handler, delivery.payload()) : Mono.empty();
	}

	private <E> Mono<Void> handle(OutboxHandler<E> handler, String payload) {
		return handler.handle(this.json.readValue(payload, handler.type()));
	}

	private Mono<Void> postpone(FailedDelivery failed) {
		Delivery delivery = failed.delivery();
		boolean last = delivery.attempts() + 1 >= MOST_ATTEMPTS;
		Throwable error = failed.error();
		if (last) {
			log.error("event {} for {} is dead after {} attempts", delivery.eventId(), delivery.handler(),
					MOST_ATTEMPTS, error);
		}
		else {
			log.warn("event {} for {} failed at attempt {}", delivery.eventId(), delivery.handler(),
					delivery.attempts() + 1, error);
		}
		count(delivery, last ? "dead" : "failed");
		return this.table.markFailed(delivery, pauseAfter(delivery.attempts()), last, describe(error));
	}

	private static Duration pauseAfter(int attempts) {
		Duration pause = Duration.ofSeconds(1L << Math.min(attempts, 20));
		return (pause.compareTo(LONGEST_PAUSE) < 0) ? pause : LONGEST_PAUSE;
	}

	private static String describe(Throwable error) {
		String text = error.toString();
		return text.substring(0, Math.min(text.length(), LONGEST_ERROR));
	}

	private Mono<Boolean> measure() {
		return this.table.backlog().map((backlog) -> {
			this.pending.set(backlog.pending());
			this.dead.set(backlog.dead());
			return false;
		});
	}

	private void count(Delivery delivery, String outcome) {
		this.meters.counter("qingfeng.outbox.deliveries", "handler", delivery.handler(), "outcome", outcome)
			.increment();
	}

}
