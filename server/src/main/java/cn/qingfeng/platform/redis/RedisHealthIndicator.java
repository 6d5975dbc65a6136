package cn.qingfeng.platform.redis;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Redis in the health report: DEGRADED when it is away. The report as a whole does not
 * count that status and stays UP, for the service goes on without Redis and must not
 * leave the balancer.
 */
@Component("redisHealthIndicator")
class RedisHealthIndicator implements HealthIndicator {

	private final RedisGate gate;

	RedisHealthIndicator(RedisGate gate) {
		this.gate = gate;
	}

	@Override
	public Health health() {
		return (this.gate.isOpen() ? Health.up() : Health.status("DEGRADED")).build();
	}

}
