package cn.qingfeng.volunteer.event;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.reactor.Transactions;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Signing up and withdrawing. The event is locked meanwhile, so its capacity is never
 * exceeded and a freed place goes to the one who has waited longest.
 */
@Service
class Registering {

	private final EventStore events;

	private final RegistrationStore registrations;

	private final Transactions transactions;

	private final Clock clock;

	Registering(EventStore events, RegistrationStore registrations, Transactions transactions, Clock clock) {
		this.events = events;
		this.registrations = registrations;
		this.transactions = transactions;
		this.clock = clock;
	}

	/** Signs the member up; once more changes nothing. */
	Mono<Registration> register(UUID event, UUID member) {
		return locked(event)
			.flatMap((locked) -> this.registrations.find(event, member)
				.switchIfEmpty(Mono.defer(() -> place(locked, member))))
			.as(this.transactions::inTransaction);
	}

	/** Withdraws the member; without a registration nothing happens. */
	Mono<Void> cancel(UUID event, UUID member) {
		return locked(event).flatMap((locked) -> withdraw(locked, member)).as(this.transactions::inTransaction).then();
	}

	private Mono<Registration> place(Event event, UUID member) {
		return this.registrations.counts(List.of(event.id()))
			.map((counts) -> counts.getOrDefault(event.id(), RegistrationStore.Counts.none(event.id())))
			.map((counts) -> (counts.confirmed() < event.capacity()) ? RegistrationState.CONFIRMED
					: RegistrationState.WAITLISTED)
			.flatMap((state) -> this.registrations.insert(event.id(), member, state, this.clock.instant()))
			.then(this.registrations.find(event.id(), member));
	}

	private Mono<Boolean> withdraw(Event event, UUID member) {
		return this.registrations.hasCheckedIn(event.id(), member)
			.filter((present) -> !present)
			.switchIfEmpty(Mono.error(() -> new EventProblem("checked-in-already-registered")))
			.then(this.registrations.delete(event.id(), member))
			.flatMap((deleted) -> this.registrations.moveUp(event.id(), event.capacity()).thenReturn(deleted));
	}

	private Mono<Event> locked(UUID id) {
		return this.events.lock(id)
			.switchIfEmpty(Mono.error(() -> new NotFoundProblem()))
			.filter((event) -> event.isOpenForRegistration(this.clock.instant()))
			.switchIfEmpty(Mono.error(() -> new EventProblem("registration-closed")));
	}

}
