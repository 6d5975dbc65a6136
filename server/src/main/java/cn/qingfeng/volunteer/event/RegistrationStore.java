package cn.qingfeng.volunteer.event;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * The registrations in the database.
 */
@Component
class RegistrationStore {

	private final DatabaseClient database;

	RegistrationStore(DatabaseClient database) {
		this.database = database;
	}

	Mono<Registration> find(UUID event, UUID member) {
		return of(List.of(event), member).flatMap((found) -> Mono.justOrEmpty(found.get(event)));
	}

	/** The member's registrations for these events, by event. */
	Mono<Map<UUID, Registration>> of(Collection<UUID> events, UUID member) {
		return this.database.sql("""
				SELECT r.event_id, r.state, CASE r.state WHEN 'WAITLISTED' THEN (
					SELECT count(*)::int FROM registration q
					WHERE q.event_id = r.event_id AND q.state = 'WAITLISTED' AND q.queue_number <= r.queue_number)
					END AS position
				FROM registration r WHERE r.event_id = ANY(:events) AND r.member_id = :member
				""")
			.bind("events", events.toArray(UUID[]::new))
			.bind("member", member)
			.mapProperties(Row.class)
			.all()
			.collectMap(Row::eventId, Row::registration);
	}

	Mono<Void> insert(UUID event, UUID member, RegistrationState state, Instant now) {
		return this.database.sql("""
				INSERT INTO registration (event_id, member_id, state, registered_at)
				VALUES (:event, :member, :state, :now)
				""").bind("event", event).bind("member", member).bind("state", state.name()).bind("now", now).then();
	}

	Mono<Boolean> delete(UUID event, UUID member) {
		return this.database.sql("DELETE FROM registration WHERE event_id = :event AND member_id = :member")
			.bind("event", event)
			.bind("member", member)
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows == 1);
	}

	/** How many are confirmed and how many wait, by event. */
	Mono<Map<UUID, Counts>> counts(Collection<UUID> events) {
		return this.database.sql("""
				SELECT event_id, count(*) FILTER (WHERE state = 'CONFIRMED')::int AS confirmed,
					count(*) FILTER (WHERE state = 'WAITLISTED')::int AS waitlisted
				FROM registration WHERE event_id = ANY(:events) GROUP BY event_id
				""")
			.bind("events", events.toArray(UUID[]::new))
			.mapProperties(Counts.class)
			.all()
			.collectMap(Counts::eventId);
	}

	/** Gives free places to those who have waited longest; the event must be locked. */
	Mono<Long> moveUp(UUID event, int capacity) {
		return this.database.sql("""
				UPDATE registration SET state = 'CONFIRMED'
				WHERE event_id = :event AND member_id IN (
					SELECT member_id FROM registration
					WHERE event_id = :event AND state = 'WAITLISTED' ORDER BY queue_number
					LIMIT greatest(0, :capacity - (
						SELECT count(*) FROM registration WHERE event_id = :event AND state = 'CONFIRMED')))
				""").bind("event", event).bind("capacity", capacity).fetch().rowsUpdated();
	}

	Mono<Boolean> hasCheckedIn(UUID event, UUID member) {
		return this.database
			.sql("SELECT EXISTS (SELECT 1 FROM check_in WHERE event_id = :event AND member_id = :member) AS found")
			.bind("event", event)
			.bind("member", member)
			.map((row) -> Boolean.TRUE.equals(row.get("found", Boolean.class)))
			.one();
	}

	record Row(UUID eventId, RegistrationState state, @Nullable Integer position) {

		Registration registration() {
			return new Registration(this.state, this.position);
		}

	}

	/**
	 * Numbers of one event.
	 */
	record Counts(UUID eventId, int confirmed, int waitlisted) {

		static Counts none(UUID event) {
			return new Counts(event, 0, 0);
		}

	}

}
