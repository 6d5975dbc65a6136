package cn.qingfeng.wechat.gateway;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestSessions;
import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.redis.RedisGate;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.wechat.WechatErrorClass;
import cn.qingfeng.wechat.WechatOutcome;
import cn.qingfeng.wechat.WechatProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Each test has a day and an account of its own, far from those of others.
 */
@QingfengIT
class EndpointLimitsIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final AtomicInteger DAYS = new AtomicInteger(1_000);

	@Autowired
	private DatabaseClient database;

	@Autowired
	private RedisGate redis;

	@Autowired
	private TestClock clock;

	@Autowired
	private BackgroundLoops loops;

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	private final String app = "wx" + UUID.randomUUID();

	private final AtomicInteger calls = new AtomicInteger();

	@BeforeEach
	void aDayOfItsOwn() {
		await().atMost(TIMEOUT).until(this.redis::isOpen);
		this.clock.setTo(LocalDate.parse("2027-01-01").plusDays(DAYS.incrementAndGet()) + "T09:00:10");
	}

	@AfterEach
	void theClockRunsAgain() {
		this.clock.reset();
	}

	@Test
	void twoNodesTogetherStayWithinTheDay() {
		List<EndpointLimits> nodes = List.of(node(daily(1_000)), node(daily(1_000)));
		assertThat(called(nodes, 1_500)).isEqualTo(1_000);
		assertThat(outcome(nodes.getFirst())).isInstanceOfSatisfying(WechatOutcome.Refused.class,
				(refused) -> assertThat(refused.errorClass()).isEqualTo(WechatErrorClass.QUOTA_DAY));
	}

	@Test
	void theDayIsCountedInBlocksAndANewDayBeginsAtMidnightInChina() {
		EndpointLimits node = node(daily(1_000));
		assertThat(called(List.of(node), 5)).isEqualTo(5);
		assertThat(used()).isEqualTo(10);
		this.clock.setTo(BusinessTime.today(this.clock) + "T23:30");
		assertThat(called(List.of(node), 1_000)).isEqualTo(995);
		this.clock.setTo(BusinessTime.today(this.clock).plusDays(1) + "T00:00");
		assertThat(called(List.of(node), 5)).isEqualTo(5);
		assertThat(used()).isEqualTo(10);
	}

	@Test
	void aFlushOfRedisForgetsNothingOfTheDay() {
		EndpointLimits node = node(daily(100));
		assertThat(called(List.of(node), 60)).isEqualTo(60);
		flush();
		assertThat(called(List.of(node, node(daily(100))), 60)).isEqualTo(40);
	}

	@Test
	void twoNodesTogetherStayWithinTheMinuteAndTheNextOneIsOpen() {
		List<EndpointLimits> nodes = List.of(node(perMinute(120)), node(perMinute(120)));
		assertThat(called(nodes, 200)).isEqualTo(120);
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(called(nodes, 200)).isEqualTo(120);
	}

	@Test
	void aFlushInMidMinuteLetsNoNodeTakeMoreThanTheRate() {
		EndpointLimits node = node(perMinute(120));
		assertThat(called(List.of(node), 100)).isEqualTo(100);
		flush();
		assertThat(called(List.of(node), 100)).isEqualTo(20);
	}

	@Test
	void withoutRedisEachNodeTakesItsShare() {
		String key = "qf:test:" + this.app;
		this.redis.call("break", (client) -> client.getMap(key + ":1").fastPut("no", "counter")).block(TIMEOUT);
		assertThat(taken(new MinuteRate(this.redis, key, 0.5), 120, 100)).isEqualTo(60);
	}

	@Test
	void aUsedUpDayStopsTheEndpointOnEveryNodeUntilMidnight() {
		EndpointLimits one = node(daily(0));
		Holds others = holds();
		one.noted(Endpoint.TEMPLATE_SEND, refused(45009)).block(TIMEOUT);
		assertThat(outcome(one)).isInstanceOfSatisfying(WechatOutcome.Refused.class, (refused) -> {
			assertThat(refused.errorClass()).isEqualTo(WechatErrorClass.QUOTA_DAY);
			assertThat(refused.code()).isEqualTo(45009);
		});
		others.looked().block(TIMEOUT);
		assertThat(others.on(Endpoint.TEMPLATE_SEND)).isPresent();
		assertThat(others.on(Endpoint.DRAFT_ADD)).isEmpty();
		this.client.get()
			.uri("/api/admin/v1/wechat/capabilities")
			.headers(this.sessions.staff("ADMIN"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items[*].calls[?(@.name=='TEMPLATE_SEND')].stoppedUntil")
			.isEqualTo(BusinessTime.today(this.clock).plusDays(1) + "T00:00:00+08:00")
			.jsonPath("$.items[*].calls[?(@.name=='TEMPLATE_SEND')].dailyQuota")
			.isEqualTo(100_000);
		this.clock.setTo(BusinessTime.today(this.clock).plusDays(1) + "T00:00:01");
		assertThat(outcome(one)).isInstanceOf(WechatOutcome.Done.class);
	}

	@Test
	void whoeverWasTooFastRestsAMinuteAndGoesOnAtHalfTheRate() {
		EndpointLimits node = node(perMinute(120));
		node.noted(Endpoint.TEMPLATE_SEND, refused(45011)).block(TIMEOUT);
		assertThat(called(List.of(node), 10)).isZero();
		this.clock.advance(Duration.ofSeconds(61));
		assertThat(called(List.of(node), 100)).isEqualTo(60);
		this.clock.advance(Duration.ofHours(2));
		assertThat(called(List.of(node), 200)).isEqualTo(120);
	}

	@Test
	void withoutALimitHalfOfWhatWasSeenIsTheRate() {
		EndpointLimits node = node(perMinute(0));
		assertThat(called(List.of(node), 80)).isEqualTo(80);
		node.noted(Endpoint.TEMPLATE_SEND, refused(42010)).block(TIMEOUT);
		this.clock.advance(Duration.ofSeconds(61));
		assertThat(called(List.of(node), 80)).isEqualTo(40);
	}

	@Test
	void tooManyForOneRecipientStopsNobodyElse() {
		EndpointLimits node = node(perMinute(0));
		for (int code : List.of(43117, 45066, 43004, 43101, 40003, 47003)) {
			node.noted(Endpoint.TEMPLATE_SEND, refused(code)).block(TIMEOUT);
		}
		node.noted(Endpoint.MINI_PROGRAM_LOGIN, refused(45011)).block(TIMEOUT);
		assertThat(outcome(node)).isInstanceOf(WechatOutcome.Done.class);
		assertThat(node.within(Endpoint.MINI_PROGRAM_LOGIN, call()).block(TIMEOUT))
			.isInstanceOf(WechatOutcome.Done.class);
	}

	@Test
	void theDailyCodeMeansTheMinuteWhereOnlyAMinuteIsLimited() {
		EndpointLimits node = node(perMinute(0));
		WechatOutcome<String> noted = node.noted(Endpoint.PAGE_CODE, refused(45009)).block(TIMEOUT);
		assertThat(noted).isInstanceOfSatisfying(WechatOutcome.Refused.class,
				(refused) -> assertThat(refused.errorClass()).isEqualTo(WechatErrorClass.QUOTA_MIN));
		this.clock.advance(Duration.ofSeconds(61));
		assertThat(node.within(Endpoint.PAGE_CODE, call()).block(TIMEOUT)).isInstanceOf(WechatOutcome.Done.class);
	}

	private long called(List<EndpointLimits> nodes, int times) {
		int before = this.calls.get();
		Flux.range(0, times)
			.flatMap((i) -> nodes.get(i % nodes.size()).within(Endpoint.TEMPLATE_SEND, call()), times)
			.blockLast(TIMEOUT);
		return this.calls.get() - before;
	}

	private WechatOutcome<String> outcome(EndpointLimits node) {
		return node.within(Endpoint.TEMPLATE_SEND, call()).block(TIMEOUT);
	}

	private Mono<WechatOutcome<String>> call() {
		return Mono.fromSupplier(() -> new WechatOutcome.Done<>("call " + this.calls.incrementAndGet()));
	}

	private long taken(MinuteRate rate, int limit, int times) {
		return Flux.range(0, times)
			.concatMap((i) -> rate.take(1, limit))
			.filter((taken) -> taken)
			.count()
			.block(TIMEOUT);
	}

	private long used() {
		return this.database.sql("SELECT used FROM wechat_quota_use WHERE day = :day AND endpoint = 'TEMPLATE_SEND'")
			.bind("day", BusinessTime.today(this.clock))
			.mapValue(Long.class)
			.one()
			.block(TIMEOUT);
	}

	private static WechatOutcome<String> refused(int code) {
		return new WechatOutcome.Refused<>(WechatErrorClass.of(code), code, "refused", "");
	}

	private void flush() {
		this.redis.call("flush", (client) -> client.getKeys().flushall()).block(TIMEOUT);
	}

	private EndpointLimits node(QuotaProperties properties) {
		WechatProperties.Account account = new WechatProperties.Account(this.app, "secret", "token", "a".repeat(43),
				WechatProperties.CallbackMode.SAFE, WechatProperties.CallbackFormat.XML);
		URI here = URI.create("http://127.0.0.1");
		WechatProperties wechat = new WechatProperties(here, here, here, here, TIMEOUT, TIMEOUT, TIMEOUT, false,
				account, account);
		return new EndpointLimits(properties, new DailyQuotas(this.database, properties, this.clock, this.loops),
				holds(), this.clock, this.redis, wechat);
	}

	private Holds holds() {
		return new Holds(this.database, this.clock, this.loops);
	}

	private static QuotaProperties daily(long quota) {
		return properties(quota, 0);
	}

	private static QuotaProperties perMinute(int rate) {
		return properties(0, rate);
	}

	private static QuotaProperties properties(long daily, int perMinute) {
		return new QuotaProperties(Map.of(Endpoint.TEMPLATE_SEND, daily), Map.of(Endpoint.TEMPLATE_SEND, perMinute),
				LocalTime.MIDNIGHT, Duration.ofMinutes(1), Duration.ofHours(1), 0.5);
	}

}
