package cn.qingfeng.wechat.gateway;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.reactor.BoundedScheduler;
import cn.qingfeng.platform.redis.RedisGate;
import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatProperties;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * The access token of each account. A loop renews it ahead of its end, so that callers
 * find it warm.
 */
@Component
class AccessTokens implements AutoCloseable {

	private static final Duration LOOK = Duration.ofSeconds(2);

	/** How many looks a starting node waits for Redis, where the token may be already. */
	private static final int LOOKS_WITHOUT_REDIS = 3;

	private final RedisGate redis;

	private final BoundedScheduler threads = BoundedScheduler.of("wechat-token", 2, 16);

	private final Map<WechatAccount, SharedCredential> tokens = new EnumMap<>(WechatAccount.class);

	AccessTokens(WechatProperties properties, CloseableHttpClient wechatHttp, RedisGate redis, JsonMapper json,
			Clock clock, BackgroundLoops loops) {
		this.redis = redis;
		for (WechatAccount each : WechatAccount.values()) {
			WechatProperties.Account account = properties.of(each);
			CredentialStore store = new CredentialStore(redis, account.appId(), account.secret());
			StableTokens stable = new StableTokens(wechatHttp, this.threads, json, properties.apiHost(), account,
					clock);
			SharedCredential token = new SharedCredential("token", store, stable::fetch, clock);
			this.tokens.put(each, token);
			AtomicInteger looks = new AtomicInteger();
			loops.start("wechat-token-" + each.path(), LOOK, () -> ahead(token, looks));
		}
	}

	SharedCredential of(WechatAccount account) {
		return Objects.requireNonNull(this.tokens.get(account));
	}

	@Override
	public void close() {
		this.threads.close();
	}

	private Mono<Boolean> ahead(SharedCredential token, AtomicInteger looks) {
		boolean waits = !this.redis.isOpen() && looks.getAndIncrement() < LOOKS_WITHOUT_REDIS;
		return waits ? Mono.just(false) : token.refreshedAhead().thenReturn(false);
	}

}
