package cn.qingfeng.wechat.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.local.sandbox.Sandbox;
import cn.qingfeng.local.sandbox.SandboxOptions;
import cn.qingfeng.local.sandbox.Timing;
import cn.qingfeng.local.sandbox.registry.AppRegistration;
import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.redis.RedisGate;
import cn.qingfeng.wechat.FollowerPage;
import cn.qingfeng.wechat.SandboxControl;
import cn.qingfeng.wechat.WechatAccount;
import cn.qingfeng.wechat.WechatOutcome;
import cn.qingfeng.wechat.WechatProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two gateways with nothing in common but Redis, PostgreSQL and a WeChat that no node has
 * asked for a token before.
 */
@QingfengIT
class TwoNodesIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final String STABLE_TOKEN = "/cgi-bin/stable_token";

	private static final int THREADS = 24;

	@Autowired
	private RedisGate redis;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private JsonMapper json;

	@Autowired
	private QuotaProperties quotas;

	@Autowired
	private CloseableHttpClient wechatHttp;

	private final TestClock clock = new TestClock();

	private final AppRegistration service = unknown(AppRegistration.service());

	private final Sandbox wechat = Sandbox.start(
			SandboxOptions.usual().timing(Timing.quick()).apps(List.of(this.service, unknown(AppRegistration.mini()))));

	private List<Node> nodes = List.of();

	@BeforeEach
	void twoColdNodes() {
		await().atMost(TIMEOUT).until(this.redis::isOpen);
		this.nodes = List.of(node(), node());
	}

	@AfterEach
	void end() {
		this.nodes.forEach((node) -> node.calls().close());
		this.wechat.close();
	}

	@Test
	void aColdTokenIsAskedForOnceForBothNodes() {
		new SandboxControl(this.wechat).fault(STABLE_TOKEN, "latency", 400, 1);
		assertThat(together()).hasSize(2 * THREADS).allMatch(WechatOutcome.Done.class::isInstance);
		assertThat(this.wechat.calls(STABLE_TOKEN)).isEqualTo(1);
	}

	@Test
	void aRevokedTokenIsReplacedOnceForBothNodes() {
		together();
		new SandboxControl(this.wechat).revokeTokens(this.service.appid());
		assertThat(together()).allMatch(WechatOutcome.Done.class::isInstance);
		assertThat(this.wechat.calls(STABLE_TOKEN)).isEqualTo(2);
	}

	@Test
	void anEndingTokenIsRenewedAheadByOneNodeWhileBothGoOnWithIt() {
		together();
		this.clock.advance(Duration.ofSeconds(7_200 - 200));
		this.wechat.clock().set(this.clock.instant());
		assertThat(together()).allMatch(WechatOutcome.Done.class::isInstance);
		assertThat(this.wechat.calls(STABLE_TOKEN)).isEqualTo(1);
		List<String> before = held();
		Mono.when(this.nodes.stream().map((node) -> node.token().refreshedAhead()).toList()).block(TIMEOUT);
		assertThat(this.wechat.calls(STABLE_TOKEN)).isEqualTo(2);
		assertThat(held()).doesNotContainAnyElementsOf(before);
		assertThat(held().getFirst()).isEqualTo(held().getLast());
		assertThat(together()).allMatch(WechatOutcome.Done.class::isInstance);
		assertThat(this.wechat.calls(STABLE_TOKEN)).isEqualTo(2);
	}

	private List<String> held() {
		return this.nodes.stream()
			.map((node) -> String.valueOf(node.token().current().block(TIMEOUT).value()))
			.toList();
	}

	private List<WechatOutcome<FollowerPage>> together() {
		List<Callable<WechatOutcome<FollowerPage>>> work = this.nodes.stream()
			.flatMap((node) -> IntStream.range(0, THREADS)
				.<Callable<WechatOutcome<FollowerPage>>>mapToObj((i) -> () -> node.followers().block(TIMEOUT)))
			.toList();
		try (ExecutorService threads = Executors.newFixedThreadPool(2 * THREADS)) {
			return threads.invokeAll(work).stream().map(Future::resultNow).toList();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Node node() {
		WechatProperties properties = properties();
		BackgroundLoops none = new BackgroundLoops();
		AccessTokens tokens = new AccessTokens(properties, this.wechatHttp, this.redis, this.json, this.clock, none);
		EndpointLimits limits = new EndpointLimits(this.quotas,
				new DailyQuotas(this.database, this.quotas, this.clock, none),
				new Holds(this.database, this.clock, none), this.clock, this.redis, properties);
		WechatCalls calls = new WechatCalls(tokens, new CapabilitySwitches(this.database, this.clock, none), limits,
				properties, new SimpleMeterRegistry());
		SharedCredential token = tokens.of(WechatAccount.MP);
		MpService service = new MpService(new MpConfig(properties, token), this.wechatHttp);
		return new Node(calls, new PublicAccount(service, service), token);
	}

	private WechatProperties properties() {
		URI here = URI.create(this.wechat.baseUrl());
		AppRegistration mini = this.wechat.apps().mini();
		return new WechatProperties(here, here, here, here, Duration.ofSeconds(8), Duration.ofSeconds(40),
				Duration.ofMinutes(10), false, account(this.service), account(mini));
	}

	private static WechatProperties.Account account(AppRegistration app) {
		return new WechatProperties.Account(app.appid(), app.secret(), app.token(), app.aesKey(),
				WechatProperties.CallbackMode.SAFE, WechatProperties.CallbackFormat.XML);
	}

	private static AppRegistration unknown(AppRegistration app) {
		String appid = app.appid().substring(0, 4) + UUID.randomUUID().toString().replace("-", "").substring(0, 14);
		return new AppRegistration(appid, app.kind(), app.name(), app.originalId(), app.certified(), app.secret(),
				app.token(), app.aesKey(), app.mode(), app.format(), app.openPlatformId(), app.callbackUrl());
	}

	private record Node(WechatCalls calls, PublicAccount account, SharedCredential token) {

		Mono<WechatOutcome<FollowerPage>> followers() {
			return this.calls.make(WechatCall.repeatable(Endpoint.FOLLOWER_LIST, () -> this.account.followers(null)));
		}

	}

}
