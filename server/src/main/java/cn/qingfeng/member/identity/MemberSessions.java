package cn.qingfeng.member.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import cn.qingfeng.platform.batch.NaturalBatcher;
import cn.qingfeng.platform.database.Notices;
import cn.qingfeng.platform.security.CurrentMember;
import cn.qingfeng.platform.security.Realm;
import cn.qingfeng.platform.security.SessionAuthenticator;
import cn.qingfeng.platform.security.Tokens;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Knows the sessions of members by their tokens. PostgreSQL tells every node whose
 * sessions changed, so what it said once is believed until then. While its notices cannot
 * be heard it is believed for half a second only: a log-out, an undone binding or a
 * member who left is seen by every node within one in any case, whether Redis is there or
 * not.
 */
@Component
class MemberSessions implements SessionAuthenticator {

	private static final String CHANGES = "member_session";

	private static final Duration BELIEVED = Duration.ofMillis(500);

	private static final Duration KEPT = Duration.ofMinutes(10);

	private static final int MOST_KEPT = 50_000;

	private static final int LANES = 2;

	private static final int MOST_AT_ONCE = 500;

	private final MemberSessionRepository repository;

	private final MemberProperties properties;

	private final Clock clock;

	private final NaturalBatcher<String, Optional<MemberSession>> lookups;

	private final Cache<String, Known> known = Caffeine.newBuilder()
		.expireAfterWrite(KEPT)
		.maximumSize(MOST_KEPT)
		.build();

	/** The latest change of each account; outlives what was read before it. */
	private final Cache<UUID, Long> changed = Caffeine.newBuilder().expireAfterWrite(KEPT.multipliedBy(2)).build();

	private final AtomicLong changes = new AtomicLong();

	private final AtomicLong missedUntil = new AtomicLong();

	private final Ticker ticker = Ticker.systemTicker();

	private final Notices notices;

	MemberSessions(MemberSessionRepository repository, MemberProperties properties, Notices notices, Clock clock,
			MeterRegistry meters) {
		this.repository = repository;
		this.properties = properties;
		this.notices = notices;
		this.clock = clock;
		this.lookups = new NaturalBatcher<>("member-sessions", LANES, MOST_AT_ONCE, this::lookUp, meters);
		notices.follow(CHANGES, new Changes());
	}

	@Override
	public Realm realm() {
		return Realm.MEMBER;
	}

	@Override
	public Mono<CurrentMember> authenticate(String token) {
		Instant now = this.clock.instant();
		String digest = digest(token);
		return remembered(digest, now).map(Mono::just)
			.orElseGet(() -> load(digest))
			.filter((session) -> session.isAlive(now, this.properties.idle()))
			.map(MemberSessions::member);
	}

	@Override
	public Optional<CurrentMember> remembered(String token) {
		Instant now = this.clock.instant();
		return remembered(digest(token), now).filter((session) -> session.isAlive(now, this.properties.idle()))
			.map(MemberSessions::member);
	}

	/** Ends the belief about an account on this node at once. */
	void forget(UUID accountId) {
		this.changed.put(accountId, this.changes.incrementAndGet());
	}

	private static String digest(String token) {
		return HexFormat.of().formatHex(Tokens.digest(token));
	}

	private static CurrentMember member(MemberSession session) {
		return new CurrentMember(session.id(), session.accountId(), session.memberId());
	}

	/** Unless it must be read again, or its use written down. */
	private Optional<MemberSession> remembered(String digest, Instant now) {
		return Optional.ofNullable(this.known.getIfPresent(digest))
			.filter((known) -> isBelieved(known) && !known.session().useIsWorthNoting(now))
			.map(Known::session);
	}

	private boolean isBelieved(Known known) {
		Long changedAt = this.changed.getIfPresent(known.session().accountId());
		boolean unchanged = changedAt == null || changedAt <= known.change();
		return unchanged && (isFresh(known) || this.notices.areComplete() && this.missedUntil.get() <= known.change());
	}

	private boolean isFresh(Known known) {
		return this.ticker.read() - known.readAt() < BELIEVED.toNanos();
	}

	private Mono<MemberSession> load(String digest) {
		long change = this.changes.get();
		long now = this.ticker.read();
		return this.lookups.submit(digest)
			.flatMap(Mono::justOrEmpty)
			.flatMap(this::noted)
			.doOnNext((session) -> this.known.put(digest, new Known(session, change, now)));
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

	/**
	 * What PostgreSQL said.
	 *
	 * @param session of a token
	 * @param change the last one that was heard of before the session was read
	 * @param readAt by the ticker
	 */
	private record Known(MemberSession session, long change, long readAt) {

	}

	private final class Changes implements Notices.Listener {

		@Override
		public void heard(String accountId) {
			forget(UUID.fromString(accountId));
		}

		@Override
		public void missed() {
			MemberSessions.this.missedUntil.set(MemberSessions.this.changes.incrementAndGet());
		}

	}

}
