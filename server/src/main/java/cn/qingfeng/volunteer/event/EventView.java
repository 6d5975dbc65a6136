package cn.qingfeng.volunteer.event;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * An event with its numbers and, for a member, the own part in it.
 *
 * @param registration of the member, null without one and for staff
 */
record EventView(Event event, EventState state, int confirmed, int waitlisted, @Nullable Registration registration,
		boolean checkedIn, boolean checkedOut) {

	/**
	 * Completes events, in a constant number of queries.
	 */
	@Component
	static class Reader {

		private final RegistrationStore registrations;

		private final DatabaseClient database;

		private final Clock clock;

		Reader(RegistrationStore registrations, DatabaseClient database, Clock clock) {
			this.registrations = registrations;
			this.database = database;
			this.clock = clock;
		}

		Mono<List<EventView>> forStaff(List<Event> events) {
			return counts(events)
				.map((counts) -> events.stream().map((event) -> view(event, counts, Map.of(), Set.of())).toList());
		}

		Mono<List<EventView>> forMember(List<Event> events, UUID member) {
			return counts(events).flatMap((counts) -> this.registrations.of(ids(events), member)
				.flatMap((places) -> presence(events, member).map(
						(presence) -> events.stream().map((event) -> view(event, counts, places, presence)).toList())));
		}

		private Mono<Map<UUID, RegistrationStore.Counts>> counts(List<Event> events) {
			return this.registrations.counts(ids(events));
		}

		private Mono<Set<Presence>> presence(List<Event> events, UUID member) {
			return this.database
				.sql("SELECT event_id, kind FROM check_in WHERE event_id = ANY(:events) AND member_id = :member")
				.bind("events", ids(events).toArray(UUID[]::new))
				.bind("member", member)
				.mapProperties(Presence.class)
				.all()
				.collectList()
				.map(Set::copyOf);
		}

		private EventView view(Event event, Map<UUID, RegistrationStore.Counts> counts, Map<UUID, Registration> places,
				Set<Presence> presence) {
			Instant now = this.clock.instant();
			RegistrationStore.Counts count = counts.getOrDefault(event.id(), RegistrationStore.Counts.none(event.id()));
			return new EventView(event, event.state(now), count.confirmed(), count.waitlisted(), places.get(event.id()),
					presence.contains(new Presence(event.id(), "IN")),
					presence.contains(new Presence(event.id(), "OUT")));
		}

		private static List<UUID> ids(List<Event> events) {
			return events.stream().map(Event::id).toList();
		}

		record Presence(UUID eventId, String kind) {

		}

	}

}
