package cn.qingfeng.member.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.platform.security.Realm;
import cn.qingfeng.platform.security.SessionAuthenticator;
import cn.qingfeng.platform.security.Tokens;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Knows the sessions of members by their tokens. What PostgreSQL said is believed for
 * half a second, so that a log-out, an undone binding or a member who left is seen by
 * every node within one, whether Redis is there or not.
 */
@Component
class MemberSessions implements SessionAuthenticator {

	private static final Duration BELIEVED = Duration.ofMillis(500);

	private final MemberSessionRepository repository;

	private final MemberProperties properties;

	private final Clock clock;

	private final Cache<String, MemberSession> cache = Caffeine.newBuilder()
		.expireAfterWrite(BELIEVED)
		.maximumSize(50_000)
		.build();

	MemberSessions(MemberSessionRepository repository, MemberProperties properties, Clock clock) {
		this.repository = repository;
		this.properties = properties;
		this.clock = clock;
	}

	@Override
	public Realm realm() {
		return Realm.MEMBER;
	}

	@Override
	public Mono<CurrentMember> authenticate(String token) {
		Instant now = this.clock.instant();
		return find(token).filter((session) -> session.isAlive(now, this.properties.idle()))
			.map((session) -> new CurrentMember(session.id(), session.accountId(), session.memberId()));
	}

	/** Ends the belief about an account on this node at once. */
	void forget(UUID accountId) {
		this.cache.asMap().values().removeIf((session) -> session.accountId().equals(accountId));
	}

	private Mono<MemberSession> find(String token) {
		String key = HexFormat.of().formatHex(Tokens.digest(token));
		MemberSession cached = this.cache.getIfPresent(key);
		return (cached != null) ? Mono.just(cached) : load(key, token);
	}

	private Mono<MemberSession> load(String key, String token) {
		return this.repository.findByToken(token)
			.flatMap(this::noted)
			.doOnNext((session) -> this.cache.put(key, session));
	}

	private Mono<MemberSession> noted(MemberSession session) {
		Instant now = this.clock.instant();
		boolean worthNoting = session.isAlive(now, this.properties.idle()) && session.useIsWorthNoting(now);
		return worthNoting ? this.repository.noteUse(session.id(), now).thenReturn(session.usedAt(now))
				: Mono.just(session);
	}

}
