package cn.qingfeng.platform.redis;

import java.time.Duration;
import java.util.List;

import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;

import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Cluster;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Node;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Sentinel;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Standalone;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The Redis client. It connects at its first use, so the node starts without Redis, and
 * gives up after two short tries: its defaults hold a caller for 20 seconds when Redis
 * freezes.
 */
@Configuration(proxyBeanMethods = false)
class RedisConfiguration {

	private static final int TIMEOUT_MILLIS = 300;

	private static final ConstantDelay RETRY_DELAY = new ConstantDelay(Duration.ofMillis(50));

	@Bean(destroyMethod = "shutdown")
	RedissonClient redisson(DataRedisConnectionDetails details) {
		Config config = new Config();
		config.setCodec(StringCodec.INSTANCE).setThreads(4).setNettyThreads(2).setLazyInitialization(true);
		if (details.getUsername() != null) {
			config.setUsername(details.getUsername());
		}
		if (details.getPassword() != null) {
			config.setPassword(details.getPassword());
		}
		connect(config, details);
		return Redisson.create(config);
	}

	private static void connect(Config config, DataRedisConnectionDetails details) {
		String scheme = (details.getSslBundle() != null) ? "rediss://" : "redis://";
		Cluster cluster = details.getCluster();
		Sentinel sentinel = details.getSentinel();
		Standalone standalone = details.getStandalone();
		if (cluster != null) {
			tuneReplicated(config.useClusterServers()).addNodeAddress(addresses(scheme, cluster.getNodes()));
		}
		else if (sentinel != null) {
			tuneReplicated(config.useSentinelServers()).setMasterName(sentinel.getMaster())
				.setDatabase(sentinel.getDatabase())
				.addSentinelAddress(addresses(scheme, sentinel.getNodes()));
		}
		else if (standalone != null) {
			tune(config.useSingleServer()).setAddress(scheme + standalone.getHost() + ":" + standalone.getPort())
				.setDatabase(standalone.getDatabase())
				.setConnectionMinimumIdleSize(2)
				.setConnectionPoolSize(16)
				.setSubscriptionConnectionMinimumIdleSize(1)
				.setSubscriptionConnectionPoolSize(4);
		}
	}

	private static <T extends BaseMasterSlaveServersConfig<T>> T tuneReplicated(T servers) {
		return tune(servers).setMasterConnectionMinimumIdleSize(2)
			.setMasterConnectionPoolSize(16)
			.setSlaveConnectionMinimumIdleSize(2)
			.setSlaveConnectionPoolSize(16);
	}

	private static <T extends BaseConfig<T>> T tune(T servers) {
		return servers.setTimeout(TIMEOUT_MILLIS)
			.setConnectTimeout(TIMEOUT_MILLIS)
			.setRetryAttempts(1)
			.setRetryDelay(RETRY_DELAY)
			.setPingConnectionInterval(5_000);
	}

	private static String[] addresses(String scheme, List<Node> nodes) {
		return nodes.stream().map((node) -> scheme + node.host() + ":" + node.port()).toArray(String[]::new);
	}

}
