package cn.qingfeng.platform.outbox;

import reactor.core.publisher.Mono;

/**
 * Takes one kind of event from the outbox. Each handler has a delivery of its own for
 * each event: it runs in one transaction with the mark that it ran, so its effect on the
 * database happens exactly once, on any node, in no promised order. Database work only: a
 * remote call belongs to a worker that the handler's rows wake.
 *
 * @param <E> the event, a record that JSON can carry
 */
public interface OutboxHandler<E> {

	Class<E> type();

	Mono<Void> handle(E event);

	/** Names its deliveries in the table: keep it when the class is renamed. */
	default String name() {
		return getClass().getSimpleName();
	}

}
