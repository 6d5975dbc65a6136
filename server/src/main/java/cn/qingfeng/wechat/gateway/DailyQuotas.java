package cn.qingfeng.wechat.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import cn.qingfeng.platform.reactor.BackgroundLoops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * How often each endpoint may still be called today. PostgreSQL holds what was used, for
 * all nodes and through any loss of Redis; a node takes about a hundredth of the day at a
 * time, so that most calls cost no query.
 */
@Component
class DailyQuotas {

	private static final Logger log = LoggerFactory.getLogger(DailyQuotas.class);

	private static final int SHARES = 100;

	private static final long BIGGEST_BLOCK = 500;

	private static final int DAYS_KEPT = 40;

	private static final String LEASE = """
			INSERT INTO wechat_quota_use AS use (endpoint, day, used, granted)
			VALUES (:endpoint, :day, least(:wanted, :quota), least(:wanted, :quota))
			ON CONFLICT ON CONSTRAINT wechat_quota_use_pk
			DO UPDATE SET used = least(use.used + :wanted, :quota),
			              granted = least(use.used + :wanted, :quota) - use.used
			        WHERE use.used < :quota
			RETURNING granted
			""";

	private static final String USED = """
			SELECT endpoint, used
			  FROM wechat_quota_use
			 WHERE day = :day
			 LIMIT 200
			""";

	private static final String FORGET = """
			DELETE FROM wechat_quota_use WHERE day < :day
			""";

	private final DatabaseClient database;

	private final QuotaProperties properties;

	private final Clock clock;

	private final Map<Endpoint, Leases<LocalDate>> leases = new EnumMap<>(Endpoint.class);

	/** What was used while PostgreSQL could not be told. */
	private final Map<Endpoint, AtomicLong> owed = new EnumMap<>(Endpoint.class);

	DailyQuotas(DatabaseClient database, QuotaProperties properties, Clock clock, BackgroundLoops loops) {
		this.database = database;
		this.properties = properties;
		this.clock = clock;
		for (Endpoint endpoint : Endpoint.values()) {
			this.leases.put(endpoint, new Leases<>((day) -> leased(endpoint, day)));
			this.owed.put(endpoint, new AtomicLong());
		}
		loops.start("wechat-quota-use", Duration.ofHours(6), () -> forgotten().thenReturn(false));
	}

	/** Takes one call of the day; false when none is left. */
	Mono<Boolean> take(Endpoint endpoint) {
		Endpoint counted = endpoint.counted();
		return (this.properties.daily(counted) == 0) ? Mono.just(true)
				: Mono.defer(() -> Objects.requireNonNull(this.leases.get(counted)).take(today()));
	}

	/** What all nodes have taken today. */
	Mono<Map<Endpoint, Long>> used() {
		return this.database.sql(USED)
			.bind("day", today())
			.mapProperties(Use.class)
			.all()
			.collect(Collectors.toUnmodifiableMap((use) -> Endpoint.valueOf(use.endpoint()), Use::used));
	}

	private LocalDate today() {
		return this.properties.day(this.clock.instant());
	}

	private Mono<Long> leased(Endpoint endpoint, LocalDate day) {
		AtomicLong debt = Objects.requireNonNull(this.owed.get(endpoint));
		long quota = this.properties.daily(endpoint);
		long block = Math.clamp(quota / SHARES, 1, BIGGEST_BLOCK);
		long before = debt.getAndSet(0);
		return this.database.sql(LEASE)
			.bind("endpoint", endpoint.name())
			.bind("day", day)
			.bind("wanted", before + block)
			.bind("quota", quota)
			.mapValue(Long.class)
			.one()
			.defaultIfEmpty(0L)
			.map((granted) -> told(endpoint, granted - before))
			.onErrorResume((error) -> onCredit(endpoint, debt, before + block, block));
	}

	private static long told(Endpoint endpoint, long granted) {
		if (granted <= 0) {
			log.error("WeChat {}: today's quota is used up", endpoint);
		}
		return granted;
	}

	private static Mono<Long> onCredit(Endpoint endpoint, AtomicLong debt, long owed, long block) {
		debt.addAndGet(owed);
		log.warn("WeChat {}: calls are not counted at the moment, {} are owed", endpoint, debt.get());
		return Mono.just(block);
	}

	private Mono<Long> forgotten() {
		return this.database.sql(FORGET).bind("day", today().minusDays(DAYS_KEPT)).fetch().rowsUpdated();
	}

	private record Use(String endpoint, long used) {

	}

}
