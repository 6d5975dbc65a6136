package cn.qingfeng.member.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import cn.qingfeng.platform.batch.NaturalBatcher;
import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.platform.security.Realm;
import cn.qingfeng.platform.security.SessionAuthenticator;
import cn.qingfeng.platform.security.Tokens;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
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

	private static final int LANES = 2;

	private static final int MOST_AT_ONCE = 500;

	private final MemberSessionRepository repository;

	private final MemberProperties properties;

	private final Clock clock;

	private final NaturalBatcher<String, Optional<MemberSession>> lookups;

	private final Cache<String, MemberSession> cache = Caffeine.newBuilder()
		.expireAfterWrite(BELIEVED)
		.maximumSize(50_000)
		.build();

	MemberSessions(MemberSessionRepository repository, MemberProperties properties, Clock clock, MeterRegistry meters) {
		this.repository = repository;
		this.properties = properties;
		this.clock = clock;
		this.lookups = new NaturalBatcher<>("member-sessions", LANES, MOST_AT_ONCE, this::lookUp, meters);
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
		String digest = HexFormat.of().formatHex(Tokens.digest(token));
		MemberSession cached = this.cache.getIfPresent(digest);
		return (cached != null) ? Mono.just(cached) : load(digest);
	}

	private Mono<MemberSession> load(String digest) {
		return this.lookups.submit(digest)
			.flatMap(Mono::justOrEmpty)
			.flatMap(this::noted)
			.doOnNext((session) -> this.cache.put(digest, session));
	}

	private Mono<List<Optional<MemberSession>>> lookUp(List<String> digests) {
		return this.repository.find(new HashSet<>(digests))
			.map((found) -> digests.stream().map((digest) -> Optional.ofNullable(found.get(digest))).toList());
	}

	private Mono<MemberSession> noted(MemberSession session) {
		Instant now = this.clock.instant();
		boolean worthNoting = session.isAlive(now, this.properties.idle()) && session.useIsWorthNoting(now);
		return worthNoting ? this.repository.noteUse(session.id(), now).thenReturn(session.usedAt(now))
				: Mono.just(session);
	}

}
