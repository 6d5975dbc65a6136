package cn.qingfeng.wechat.gateway;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import cn.qingfeng.platform.redis.RedisGate;
import cn.qingfeng.platform.redis.RedisUnavailableException;
import org.redisson.api.RBucketReactive;
import org.redisson.api.RLockReactive;
import org.redisson.api.RedissonReactiveClient;
import org.redisson.client.codec.StringCodec;
import reactor.core.publisher.Mono;

/**
 * Where all nodes find the credentials of one account. Redis may be gone: then each node
 * stands alone, which WeChat's stable tokens allow, for they are the same for whoever
 * asks.
 */
class CredentialStore {

	private static final Duration LEASE = Duration.ofSeconds(15);

	private final RedisGate redis;

	private final CredentialSeal seal;

	private final String prefix;

	CredentialStore(RedisGate redis, String appId, String secret) {
		this.redis = redis;
		this.seal = new CredentialSeal(secret);
		this.prefix = "qf:wechat:%s:".formatted(appId);
	}

	Mono<Credential> read(String name) {
		return this.redis.attempt("wechat.credential.read", (client) -> bucket(client, name).get())
			.mapNotNull((sealed) -> this.seal.open(name, sealed).orElse(null));
	}

	Mono<Void> write(String name, Credential credential, Duration life) {
		return this.redis.attempt("wechat.credential.write",
				(client) -> bucket(client, name).set(this.seal.seal(name, credential), life));
	}

	/** True for one owner at a time, and for everybody without Redis. */
	Mono<Boolean> lock(String name, long owner) {
		return this.redis
			.call("wechat.credential.lock",
					(client) -> lock(client, name).tryLock(0, LEASE.toMillis(), TimeUnit.MILLISECONDS, owner))
			.onErrorReturn(RedisUnavailableException.class, true);
	}

	Mono<Void> unlock(String name, long owner) {
		return this.redis.attempt("wechat.credential.unlock", (client) -> lock(client, name).unlock(owner));
	}

	/** True once in the given time for all nodes together. */
	Mono<Boolean> firstWithin(String name, Duration time) {
		return this.redis.call("wechat.credential.first", (client) -> bucket(client, name).setIfAbsent("1", time))
			.onErrorReturn(RedisUnavailableException.class, true);
	}

	private RBucketReactive<String> bucket(RedissonReactiveClient client, String name) {
		return client.getBucket(this.prefix + name, StringCodec.INSTANCE);
	}

	private RLockReactive lock(RedissonReactiveClient client, String name) {
		return client.getLock(this.prefix + name + ":lock");
	}

}
