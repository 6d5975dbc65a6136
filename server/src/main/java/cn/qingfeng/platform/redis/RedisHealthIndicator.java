package cn.qingfeng.platform.redis;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Redis in the health report: UP with {@code degraded: true} when it is away, for the
 * service goes on without it and must not leave the balancer.
 */
@Component("redisHealthIndicator")
class RedisHealthIndicator implements HealthIndicator {

	private final RedisGate gate;

	RedisHealthIndicator(RedisGate gate) {
		this.gate = gate;
	}

	@Override
	public Health health() {
		return Health.up().withDetail("degraded", !this.gate.isOpen()).build();
	}

}
