package cn.qingfeng.staff.account;

import java.time.Clock;
import java.time.Instant;

import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.platform.security.Realm;
import cn.qingfeng.platform.security.SessionAuthenticator;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Knows the sessions of staff by their tokens. Asks PostgreSQL each time: there are few
 * of staff, and a log-out, a closed account or a changed role counts on the next request
 * on every node, whether Redis is there or not.
 */
@Component
class StaffSessions implements SessionAuthenticator {

	private final StaffSessionRepository repository;

	private final StaffProperties properties;

	private final Clock clock;

	StaffSessions(StaffSessionRepository repository, StaffProperties properties, Clock clock) {
		this.repository = repository;
		this.properties = properties;
		this.clock = clock;
	}

	@Override
	public Realm realm() {
		return Realm.STAFF;
	}

	@Override
	public Mono<CurrentStaff> authenticate(String token) {
		Instant now = this.clock.instant();
		return this.repository.findByToken(token)
			.flatMap(this::noted)
			.filter((session) -> session.isAlive(now, this.properties.idle()))
			.map((session) -> new CurrentStaff(session.id(), session.account().id(), session.account().username(),
					session.account().roles(), session.account().units()));
	}

	private Mono<StaffSession> noted(StaffSession session) {
		Instant now = this.clock.instant();
		boolean worthNoting = session.isAlive(now, this.properties.idle()) && session.useIsWorthNoting(now);
		return worthNoting ? this.repository.noteUse(session.id(), now).thenReturn(session.usedAt(now))
				: Mono.just(session);
	}

}
