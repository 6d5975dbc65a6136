package cn.qingfeng.volunteer.event;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.problem.StaleVersionProblem;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.staff.Audit;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Announcing and changing events. More places let those who wait move up at once.
 */
@Service
class EventEditing {

	private final EventStore events;

	private final RegistrationStore registrations;

	private final Audit audit;

	private final Transactions transactions;

	private final IdGenerator ids;

	private final Clock clock;

	EventEditing(EventStore events, RegistrationStore registrations, Audit audit, Transactions transactions,
			IdGenerator ids, Clock clock) {
		this.events = events;
		this.registrations = registrations;
		this.audit = audit;
		this.transactions = transactions;
		this.ids = ids;
		this.clock = clock;
	}

	Mono<Event> create(EventText text) {
		Event event = text.event(this.ids.next(), 0);
		return this.events.insert(event, PresenceSecret.random(), null, this.clock.instant())
			.then(this.audit.record("event.create", event.id().toString()))
			.thenReturn(event)
			.as(this.transactions::inTransaction);
	}

	Mono<Event> change(UUID id, long version, EventText text) {
		Event changed = text.event(id, version);
		return this.events.lock(id)
			.switchIfEmpty(Mono.error(() -> new NotFoundProblem()))
			.map((event) -> requireChangeable(event, version, this.clock.instant()))
			.flatMap((event) -> this.events.update(changed))
			.flatMap((event) -> this.registrations.moveUp(id, event.capacity()).thenReturn(event))
			.flatMap((event) -> this.audit.record("event.change", id.toString()).thenReturn(event))
			.as(this.transactions::inTransaction);
	}

	private static Event requireChangeable(Event event, long version, Instant now) {
		if (event.version() != version) {
			throw new StaleVersionProblem();
		}
		if (event.state(now) == EventState.PAST) {
			throw new EventProblem("event-closed");
		}
		return event;
	}

}
