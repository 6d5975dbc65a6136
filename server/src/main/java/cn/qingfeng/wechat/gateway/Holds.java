package cn.qingfeng.wechat.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import cn.qingfeng.platform.reactor.BackgroundLoops;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Endpoints that WeChat called overused. PostgreSQL tells all nodes, each of which looks
 * every few seconds; an operator who got more quota deletes the row.
 */
@Component
class Holds {

	private static final Logger log = LoggerFactory.getLogger(Holds.class);

	private static final Duration LOOK = Duration.ofSeconds(5);

	private static final String SELECT = """
			SELECT endpoint, code, since, until, per_minute, slow_until
			  FROM wechat_hold
			 LIMIT 200
			""";

	private static final String INSERT = """
			INSERT INTO wechat_hold AS hold (endpoint, code, since, until, per_minute, slow_until)
			VALUES (:endpoint, :code, :since, :until, :perMinute, :slowUntil)
			ON CONFLICT ON CONSTRAINT wechat_hold_pk
			DO UPDATE SET code = excluded.code, since = excluded.since, until = excluded.until,
			              per_minute = excluded.per_minute, slow_until = excluded.slow_until
			        WHERE NOT (hold.since <= excluded.since AND hold.until > excluded.until)
			""";

	private final DatabaseClient database;

	private final Clock clock;

	private final Map<Endpoint, Hold> holds = new ConcurrentHashMap<>();

	/** Those made here that no look has found in the database yet. */
	private final Set<Endpoint> unseen = ConcurrentHashMap.newKeySet();

	Holds(DatabaseClient database, Clock clock, BackgroundLoops loops) {
		this.database = database;
		this.clock = clock;
		loops.start("wechat-holds", LOOK, () -> looked().thenReturn(false));
	}

	/** What keeps the endpoint from being called now. */
	Optional<Hold> on(Endpoint endpoint) {
		Instant now = this.clock.instant();
		return Optional.ofNullable(this.holds.get(endpoint)).filter((hold) -> hold.stopsAt(now));
	}

	/** The rate that an endpoint was slowed down to, if it still is. */
	Optional<Integer> slowed(Endpoint endpoint) {
		Instant now = this.clock.instant();
		return Optional.ofNullable(this.holds.get(endpoint)).filter((hold) -> hold.slowsAt(now)).map(Hold::perMinute);
	}

	/** The state of the database. */
	Mono<Map<Endpoint, Hold>> looked() {
		return this.database.sql(SELECT)
			.mapProperties(Row.class)
			.all()
			.map(Row::hold)
			.collect(Collectors.toUnmodifiableMap(Hold::endpoint, (hold) -> hold))
			.map(this::remembered);
	}

	Mono<Void> hold(Hold hold) {
		if (on(hold.endpoint()).isEmpty()) {
			log.error("WeChat {}: called too often ({}), stopped until {}", hold.endpoint(), hold.code(), hold.until());
		}
		this.unseen.add(hold.endpoint());
		this.holds.merge(hold.endpoint(), hold, (old, made) -> old.outlasts(made) ? old : made);
		return this.database.sql(INSERT)
			.bind("endpoint", hold.endpoint().name())
			.bind("code", hold.code())
			.bind("since", hold.since())
			.bind("until", hold.until())
			.bind("perMinute", Parameters.in(R2dbcType.INTEGER, hold.perMinute()))
			.bind("slowUntil", hold.slowUntil())
			.then()
			.onErrorResume((error) -> notStored(hold, error));
	}

	private Map<Endpoint, Hold> remembered(Map<Endpoint, Hold> now) {
		now.values().forEach(this::remember);
		this.holds.keySet().removeIf((endpoint) -> !now.containsKey(endpoint) && !this.unseen.contains(endpoint));
		return now;
	}

	/** A look that began before a hold was made here knows nothing of it. */
	private void remember(Hold stored) {
		Hold mine = this.holds.get(stored.endpoint());
		if (mine == null || !this.unseen.contains(stored.endpoint()) || stored.equals(mine) || stored.outlasts(mine)) {
			this.unseen.remove(stored.endpoint());
			this.holds.put(stored.endpoint(), stored);
		}
	}

	private static Mono<Void> notStored(Hold hold, Throwable error) {
		log.warn("that WeChat {} is stopped is not stored: {}", hold.endpoint(), error.toString());
		return Mono.empty();
	}

	/**
	 * An endpoint that was called too often.
	 *
	 * @param endpoint which one
	 * @param code what WeChat said
	 * @param since when it said so
	 * @param until when calls go on
	 * @param perMinute at which rate they do, if at another
	 * @param slowUntil how long at that rate
	 */
	record Hold(Endpoint endpoint, int code, Instant since, Instant until, @Nullable Integer perMinute,
			Instant slowUntil) {

		boolean stopsAt(Instant now) {
			return !now.isBefore(this.since) && now.isBefore(this.until);
		}

		boolean slowsAt(Instant now) {
			return !now.isBefore(this.since) && now.isBefore(this.slowUntil);
		}

		boolean outlasts(Hold other) {
			return !this.since.isAfter(other.since) && this.until.isAfter(other.until);
		}

	}

	private record Row(String endpoint, int code, Instant since, Instant until, @Nullable Integer perMinute,
			Instant slowUntil) {

		Hold hold() {
			return new Hold(Endpoint.valueOf(this.endpoint), this.code, this.since, this.until, this.perMinute,
					this.slowUntil);
		}

	}

}
