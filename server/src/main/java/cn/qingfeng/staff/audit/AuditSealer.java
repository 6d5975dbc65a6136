package cn.qingfeng.staff.audit;

import java.time.Duration;

import cn.qingfeng.platform.reactor.BackgroundLoops;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Chains entries in the order of their ids. One node does it at a time, in statements of
 * their own, so that nobody who writes an entry waits for anybody else.
 */
@Component
class AuditSealer {

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private static final int AT_ONCE = 500;

	private final DatabaseClient database;

	AuditSealer(DatabaseClient database, BackgroundLoops loops) {
		this.database = database;
		loops.start("audit-seal", PAUSE, this::seal);
	}

	/** True when there may be more. */
	Mono<Boolean> seal() {
		return this.database.sql("SELECT audit_seal_next(:most)")
			.bind("most", AT_ONCE)
			.mapValue(Integer.class)
			.one()
			.map((sealed) -> sealed == AT_ONCE);
	}

}
