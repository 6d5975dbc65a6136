package cn.qingfeng.wechat.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.wechat.WechatCapability;
import cn.qingfeng.wechat.WechatOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * What the accounts turned out not to be allowed. PostgreSQL holds it for all nodes; each
 * looks there now and then. After some hours one call tries again, for permissions are
 * granted without telling us.
 */
@Component
class CapabilitySwitches {

	private static final Logger log = LoggerFactory.getLogger(CapabilitySwitches.class);

	private static final Duration LOOK = Duration.ofSeconds(30);

	private static final Duration REST = Duration.ofHours(6);

	private static final String SELECT = """
			SELECT capability, reason, since, retry_at
			  FROM wechat_capability_off
			 ORDER BY capability
			 LIMIT 100
			""";

	private static final String INSERT = """
			INSERT INTO wechat_capability_off (capability, code, reason, rid, since, retry_at)
			VALUES (:capability, :code, :reason, :rid, :since, :retryAt)
			ON CONFLICT ON CONSTRAINT wechat_capability_off_pk
			DO UPDATE SET retry_at = excluded.retry_at, rid = excluded.rid
			""";

	private static final String DELETE = """
			DELETE FROM wechat_capability_off WHERE capability = :capability
			""";

	private final DatabaseClient database;

	private final Clock clock;

	private final Map<WechatCapability, Off> off = new ConcurrentHashMap<>();

	CapabilitySwitches(DatabaseClient database, Clock clock, BackgroundLoops loops) {
		this.database = database;
		this.clock = clock;
		loops.start("wechat-capabilities", LOOK, () -> looked().thenReturn(false));
	}

	/** What is off at the moment, by the state of the database. */
	Mono<Map<WechatCapability, Off>> looked() {
		return stored().collect(Collectors.toUnmodifiableMap(Off::capability, (each) -> each)).map(this::remembered);
	}

	boolean isOff(WechatCapability capability) {
		Off found = this.off.get(capability);
		return found != null && this.clock.instant().isBefore(found.retryAt());
	}

	Mono<Void> turnOff(WechatCapability capability, WechatOutcome.Refused<?> refused) {
		Instant now = this.clock.instant();
		Off made = new Off(capability, refused.message(), now, now.plus(REST));
		if (!isOff(capability)) {
			log.error("WeChat capability {} is off: the account lacks it, rid {}", capability, refused.rid());
		}
		this.off.put(capability, made);
		return this.database.sql(INSERT)
			.bind("capability", capability.name())
			.bind("code", refused.code())
			.bind("reason", made.reason())
			.bind("rid", refused.rid())
			.bind("since", now)
			.bind("retryAt", made.retryAt())
			.then()
			.onErrorResume((error) -> notStored(capability, error));
	}

	/** A call went through: whatever was said before no longer holds. */
	Mono<Void> works(WechatCapability capability) {
		return Mono.defer(() -> this.off.containsKey(capability) ? turnOn(capability) : Mono.empty());
	}

	private Mono<Void> turnOn(WechatCapability capability) {
		this.off.remove(capability);
		log.info("WeChat capability {} is on again", capability);
		return this.database.sql(DELETE)
			.bind("capability", capability.name())
			.then()
			.onErrorResume((error) -> notStored(capability, error));
	}

	private Flux<Off> stored() {
		return this.database.sql(SELECT).mapProperties(Row.class).all().map(Row::off);
	}

	private Map<WechatCapability, Off> remembered(Map<WechatCapability, Off> now) {
		this.off.putAll(now);
		this.off.keySet().retainAll(now.keySet());
		return now;
	}

	private static Mono<Void> notStored(WechatCapability capability, Throwable error) {
		log.warn("the switch of WeChat capability {} is not stored: {}", capability, error.toString());
		return Mono.empty();
	}

	/**
	 * A capability that is off.
	 *
	 * @param capability which one
	 * @param reason WeChat's words
	 * @param since when it was first refused
	 * @param retryAt when a call may try again
	 */
	record Off(WechatCapability capability, String reason, Instant since, Instant retryAt) {

	}

	private record Row(String capability, String reason, Instant since, Instant retryAt) {

		Off off() {
			return new Off(WechatCapability.valueOf(this.capability), this.reason, this.since, this.retryAt);
		}

	}

}
