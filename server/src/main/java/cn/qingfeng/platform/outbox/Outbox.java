package cn.qingfeng.platform.outbox;

import java.util.Collection;
import java.util.List;

import cn.qingfeng.platform.reactor.Transactions;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;
import org.springframework.transaction.NoTransactionException;

/**
 * Events that must not be lost between two modules: a row in the transaction of the
 * change itself, delivered after its commit to each {@link OutboxHandler} of the type.
 */
@Component
public class Outbox {

	private final OutboxHandlers handlers;

	private final OutboxTable table;

	private final OutboxRelay relay;

	private final Transactions transactions;

	private final JsonMapper json;

	Outbox(OutboxHandlers handlers, OutboxTable table, OutboxRelay relay, Transactions transactions, JsonMapper json) {
		this.handlers = handlers;
		this.table = table;
		this.relay = relay;
		this.transactions = transactions;
		this.json = json;
	}

	/**
	 * Writes an event.
	 * @param event a record
	 * @return completes when written; fails outside a transaction with
	 * {@link NoTransactionException}, for then the event and the change could part
	 */
	public Mono<Void> publish(Object event) {
		return publishAll(List.of(event));
	}

	/**
	 * Writes many events in one statement.
	 * @param events records, of one type or several
	 * @return as for one
	 */
	public Mono<Void> publishAll(Collection<?> events) {
		if (events.isEmpty()) {
			return Mono.empty();
		}
		return this.transactions.afterCommit(this.relay::wake)
			.then(Mono.defer(() -> this.table.insert(events.stream().map(this::draft).toList())));
	}

	private OutboxTable.Draft draft(Object event) {
		return new OutboxTable.Draft(event.getClass().getName(), this.json.writeValueAsString(event),
				this.handlers.namesFor(event.getClass()));
	}

}
