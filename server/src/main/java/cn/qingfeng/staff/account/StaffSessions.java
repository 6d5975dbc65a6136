package cn.qingfeng.staff.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.platform.security.Realm;
import cn.qingfeng.platform.security.SessionAuthenticator;
import cn.qingfeng.platform.security.Tokens;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Knows the sessions of staff by their tokens. What PostgreSQL said is believed for half
 * a second, so that a log-out, a closed account or a changed role is seen by every node
 * within one, whether Redis is there or not.
 */
@Component
class StaffSessions implements SessionAuthenticator {

	private static final Duration BELIEVED = Duration.ofMillis(500);

	private final StaffSessionRepository repository;

	private final StaffProperties properties;

	private final Clock clock;

	private final Cache<String, StaffSession> cache = Caffeine.newBuilder()
		.expireAfterWrite(BELIEVED)
		.maximumSize(10_000)
		.build();

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
		return find(token).filter((session) -> session.isAlive(now, this.properties.idle()))
			.map((session) -> new CurrentStaff(session.id(), session.account().id(), session.account().username(),
					session.account().roles(), session.account().units()));
	}

	/** Ends the belief on this node at once. */
	void forget(UUID sessionId) {
		this.cache.asMap().values().removeIf((session) -> session.id().equals(sessionId));
	}

	private Mono<StaffSession> find(String token) {
		String key = HexFormat.of().formatHex(Tokens.digest(token));
		StaffSession cached = this.cache.getIfPresent(key);
		return (cached != null) ? Mono.just(cached) : load(key, token);
	}

	private Mono<StaffSession> load(String key, String token) {
		return this.repository.findByToken(token)
			.flatMap(this::noted)
			.doOnNext((session) -> this.cache.put(key, session));
	}

	private Mono<StaffSession> noted(StaffSession session) {
		Instant now = this.clock.instant();
		boolean worthNoting = session.isAlive(now, this.properties.idle()) && session.useIsWorthNoting(now);
		return worthNoting ? this.repository.noteUse(session.id(), now).thenReturn(session.usedAt(now))
				: Mono.just(session);
	}

}
