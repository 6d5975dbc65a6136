package cn.qingfeng.wechat.gateway;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import cn.qingfeng.platform.redis.RedisGate;
import cn.qingfeng.platform.redis.RedisUnavailableException;
import org.redisson.api.RScript;
import org.redisson.api.RedissonReactiveClient;
import org.redisson.client.codec.StringCodec;
import reactor.core.publisher.Mono;

/**
 * The calls of one endpoint in a minute. The nodes share a counter in Redis that exists
 * from its first use, so that a flush cannot break it; whatever it says, no node takes
 * more than the whole rate, and without it each takes its share. A request that Redis saw
 * twice counts twice, which errs on the safe side.
 */
final class MinuteRate {

	private static final int BLOCKS = 60;

	private static final Duration KEPT = Duration.ofMinutes(2);

	private static final String ADD = """
			local used = redis.call('incrby', KEYS[1], ARGV[1])
			redis.call('pexpire', KEYS[1], ARGV[2])
			return used
			""";

	private final RedisGate redis;

	private final String key;

	private final double shareWithoutRedis;

	private final Leases<Minute> leases = new Leases<>(this::leased);

	private final AtomicReference<Seen> seen = new AtomicReference<>(new Seen(0, 0, 0));

	private final AtomicReference<Seen> granted = new AtomicReference<>(new Seen(0, 0, 0));

	MinuteRate(RedisGate redis, String key, double shareWithoutRedis) {
		this.redis = redis;
		this.key = key;
		this.shareWithoutRedis = shareWithoutRedis;
	}

	/**
	 * Takes one call; false when the minute is full.
	 * @param minute which one
	 * @param limit calls a minute, or zero for no limit
	 */
	Mono<Boolean> take(long minute, int limit) {
		this.seen.updateAndGet((now) -> now.plus(minute, 1));
		return (limit == 0) ? Mono.just(true) : this.leases.take(new Minute(minute, limit));
	}

	/** Calls of this node in the busier of this minute and the one before. */
	int seen(long minute) {
		Seen now = this.seen.get().plus(minute, 0);
		return Math.max(now.before(), now.count());
	}

	private Mono<Long> leased(Minute minute) {
		int block = Math.max(1, minute.limit() / BLOCKS);
		return this.redis.call("wechat.rate", (client) -> added(client, minute, block))
			.map((used) -> Math.min(block - Math.max(0, used - minute.limit()), room(minute, 1)))
			.onErrorResume(RedisUnavailableException.class,
					(away) -> Mono.just(Math.min(block, room(minute, this.shareWithoutRedis))))
			.doOnNext((mine) -> this.granted.updateAndGet((now) -> now.plus(minute.number(), (int) Math.max(0, mine))));
	}

	private Mono<Long> added(RedissonReactiveClient client, Minute minute, int block) {
		return client.getScript(StringCodec.INSTANCE)
			.eval(RScript.Mode.READ_WRITE, ADD, RScript.ReturnType.LONG, List.of(this.key + ':' + minute.number()),
					Integer.toString(block), Long.toString(KEPT.toMillis()));
	}

	private long room(Minute minute, double share) {
		long most = Math.max(1, (long) (minute.limit() * share));
		return most - this.granted.get().plus(minute.number(), 0).count();
	}

	private record Minute(long number, int limit) {

	}

	private record Seen(long minute, int before, int count) {

		Seen plus(long now, int more) {
			if (now == this.minute) {
				return new Seen(now, this.before, this.count + more);
			}
			return new Seen(now, (now == this.minute + 1) ? this.count : 0, more);
		}

	}

}
