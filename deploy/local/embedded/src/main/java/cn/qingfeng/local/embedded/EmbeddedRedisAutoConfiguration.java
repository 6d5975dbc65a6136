package cn.qingfeng.local.embedded;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Starts Redis when none is configured.
 */
@AutoConfiguration(before = DataRedisAutoConfiguration.class)
@Conditional(EmbeddedRedisAutoConfiguration.OnNoRedisConfigured.class)
@EnableConfigurationProperties(EmbeddedProperties.class)
class EmbeddedRedisAutoConfiguration {

	private static final Logger log = LoggerFactory.getLogger(EmbeddedRedisAutoConfiguration.class);

	@Bean
	EmbeddedRedis embeddedRedis(EmbeddedProperties properties) {
		EmbeddedRedis redis = EmbeddedRedis.start(properties.data().resolve("redis"), properties.redis().port(),
				properties.redis().executable());
		log.warn("Embedded Redis for trials only: {}; loopback only, no password, data in {}", redis.url(),
				properties.data().toAbsolutePath());
		return redis;
	}

	@Bean
	DataRedisConnectionDetails embeddedRedisConnectionDetails(EmbeddedRedis redis) {
		return new RedisDetails(redis);
	}

	static class OnNoRedisConfigured extends OnNothingConfigured {

		OnNoRedisConfigured() {
			super("spring.data.redis.url", "spring.data.redis.host", "spring.data.redis.sentinel.master",
					"spring.data.redis.cluster.nodes", "spring.data.redis.cluster.nodes[0]");
		}

	}

	record RedisDetails(EmbeddedRedis redis) implements DataRedisConnectionDetails {

		@Override
		public Standalone getStandalone() {
			return Standalone.of(this.redis.host(), this.redis.port());
		}

	}

}
