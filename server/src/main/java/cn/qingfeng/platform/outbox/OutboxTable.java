package cn.qingfeng.platform.outbox;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import cn.qingfeng.platform.id.IdGenerator;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** The tables of the outbox. Times are those of the database. */
@Component
class OutboxTable {

	private static final int CLEAN_UP_BATCH = 1_000;

	private final DatabaseClient database;

	private final IdGenerator ids;

	OutboxTable(DatabaseClient database, IdGenerator ids) {
		this.database = database;
		this.ids = ids;
	}

	Mono<Void> insert(List<Draft> events) {
		List<UUID> ids = Stream.generate(this.ids::next).limit(events.size()).toList();
		return this.database.sql("""
				WITH event AS (
					INSERT INTO outbox_event (id, type, payload)
					SELECT id, type, payload::jsonb FROM unnest(:ids, :types, :payloads) AS e (id, type, payload))
				INSERT INTO outbox_delivery (event_id, handler)
				SELECT event_id, handler FROM unnest(:events, :handlers) AS d (event_id, handler)
				""")
			.bind("ids", ids.toArray(UUID[]::new))
			.bind("types", events.stream().map(Draft::type).toArray(String[]::new))
			.bind("payloads", events.stream().map(Draft::payload).toArray(String[]::new))
			.bind("events",
					IntStream.range(0, events.size())
						.boxed()
						.flatMap((i) -> events.get(i).handlers().stream().map((handler) -> ids.get(i)))
						.toArray(UUID[]::new))
			.bind("handlers", events.stream().flatMap((event) -> event.handlers().stream()).toArray(String[]::new))
			.then();
	}

	/** Locks the next due delivery until the end of the transaction; empty when none. */
	Mono<Delivery> lockNext(Collection<String> handlers) {
		return this.database.sql("""
				SELECT d.event_id, d.handler, e.payload::text AS payload, d.attempts
				FROM outbox_delivery d JOIN outbox_event e ON e.id = d.event_id
				WHERE d.state = 'PENDING' AND d.next_attempt_at <= now() AND d.handler = ANY(:handlers)
				ORDER BY d.next_attempt_at, d.event_id
				LIMIT 1 FOR UPDATE OF d SKIP LOCKED
				""").bind("handlers", handlers.toArray(String[]::new)).mapProperties(Delivery.class).one();
	}

	Mono<Void> markDone(Delivery delivery) {
		return this.database.sql("""
				UPDATE outbox_delivery SET state = 'DONE', attempts = attempts + 1, done_at = now(), last_error = NULL
				WHERE event_id = :event AND handler = :handler
				""").bind("event", delivery.eventId()).bind("handler", delivery.handler()).then();
	}

	/** Only while nobody else has tried meanwhile. */
	Mono<Void> markFailed(Delivery delivery, Duration pause, boolean dead, String error) {
		return this.database.sql("""
				UPDATE outbox_delivery SET state = CASE WHEN :dead THEN 'DEAD' ELSE 'PENDING' END,
					attempts = attempts + 1, last_error = :error,
					next_attempt_at = now() + :pause * interval '1 millisecond'
				WHERE event_id = :event AND handler = :handler AND state = 'PENDING' AND attempts = :attempts
				""")
			.bind("dead", dead)
			.bind("error", error)
			.bind("pause", pause.toMillis())
			.bind("event", delivery.eventId())
			.bind("handler", delivery.handler())
			.bind("attempts", delivery.attempts())
			.then();
	}

	Mono<Backlog> backlog() {
		return this.database.sql("""
				SELECT count(*) FILTER (WHERE state = 'PENDING') AS pending,
					count(*) FILTER (WHERE state = 'DEAD') AS dead
				FROM outbox_delivery WHERE state <> :done
				""").bind("done", "DONE").mapProperties(Backlog.class).one();
	}

	/** Events whose every delivery was done a week ago. */
	Mono<Boolean> cleanUp() {
		return this.database.sql("""
				DELETE FROM outbox_event WHERE id IN (
					SELECT e.id FROM outbox_event e
					WHERE e.created_at < now() - interval '7 days' AND NOT EXISTS (
						SELECT FROM outbox_delivery d WHERE d.event_id = e.id
						AND (d.state <> 'DONE' OR d.done_at > now() - interval '7 days'))
					ORDER BY e.created_at LIMIT :batch)
				""").bind("batch", CLEAN_UP_BATCH).fetch().rowsUpdated().map((rows) -> rows == CLEAN_UP_BATCH);
	}

	/** What is not delivered. */
	record Backlog(long pending, long dead) {

	}

	/** An event to be written, and who takes it. */
	record Draft(String type, String payload, List<String> handlers) {

	}

}
