package cn.qingfeng.wechat.gateway;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.platform.redis.RedisGate;
import cn.qingfeng.wechat.RecordedEvents;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@QingfengIT
@Import(RecordedEvents.class)
class SharedCredentialIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Autowired
	private RedisGate redis;

	@Autowired
	private Clock clock;

	private final AtomicInteger fetches = new AtomicInteger();

	private final String name = "test-" + UUID.randomUUID();

	@BeforeEach
	void redisIsThere() {
		await().atMost(TIMEOUT).until(this.redis::isOpen);
	}

	@Test
	void manyCallersOfOneNodeFetchOnce() {
		assertThat(values(List.of(node(Duration.ofHours(2))), 24)).hasSize(24).containsOnly("value-1");
		assertThat(this.fetches).hasValue(1);
	}

	@Test
	void twoNodesFetchOnce() {
		assertThat(values(List.of(node(Duration.ofHours(2)), node(Duration.ofHours(2))), 200)).hasSize(200)
			.containsOnly("value-1");
		assertThat(this.fetches).hasValue(1);
	}

	@Test
	void aRejectedValueIsReplacedOnceForAllNodes() {
		List<SharedCredential> nodes = List.of(node(Duration.ofHours(2)), node(Duration.ofHours(2)));
		values(nodes, 2);
		List<String> replaced = Flux.range(0, 100)
			.flatMap((i) -> nodes.get(i % 2).insteadOf("value-1"), 100)
			.map(Credential::value)
			.collectList()
			.block(TIMEOUT);
		assertThat(replaced).hasSize(100).containsOnly("value-2");
		assertThat(this.fetches).hasValue(2);
	}

	@Test
	void anAgeingValueIsRenewedWhileItIsStillUsed() {
		SharedCredential node = node(Duration.ofSeconds(200));
		assertThat(values(List.of(node), 1)).containsOnly("value-1");
		node.refreshedAhead().block(TIMEOUT);
		assertThat(values(List.of(node), 1)).containsOnly("value-2");
	}

	@Test
	void aRefusedFetchIsToldAndTriedAnewByTheNextCaller() {
		SharedCredential node = new SharedCredential(this.name, store(), (force) -> Mono.defer(() -> {
			int count = this.fetches.incrementAndGet();
			return (count > 1) ? fetched(count, Duration.ofHours(2))
					: Mono.error(CredentialRefusedException.unreachable("first"));
		}), this.clock);
		assertThatExceptionOfType(CredentialRefusedException.class).isThrownBy(() -> node.current().block(TIMEOUT));
		assertThat(values(List.of(node), 1)).containsOnly("value-2");
	}

	@Test
	void aCallerWhoLeavesDoesNotStopTheOthers() {
		SharedCredential node = new SharedCredential(this.name, store(),
				(force) -> Mono.delay(Duration.ofMillis(300)).then(fetched(1, Duration.ofHours(2))), this.clock);
		node.current().timeout(Duration.ofMillis(50)).onErrorComplete().block(TIMEOUT);
		assertThat(values(List.of(node), 8)).hasSize(8).containsOnly("value-1");
	}

	@Test
	void whatIsSharedIsSealed() {
		CredentialSeal seal = new CredentialSeal("secret");
		Credential credential = new Credential("the-token", this.clock.instant());
		String sealed = seal.seal("a", credential);
		assertThat(sealed).doesNotContain("the-token");
		assertThat(seal.open("a", sealed).orElseThrow().value()).isEqualTo("the-token");
		assertThat(seal.open("b", sealed)).isEmpty();
		assertThat(new CredentialSeal("another").open("a", sealed)).isEmpty();
		assertThat(seal.open("a", "no seal")).isEmpty();
		assertThat(credential.toString()).doesNotContain("the-token");
	}

	private SharedCredential node(Duration life) {
		return new SharedCredential(this.name, store(), (force) -> Mono.delay(Duration.ofMillis(100))
			.then(Mono.defer(() -> fetched(this.fetches.incrementAndGet(), life))), this.clock);
	}

	private CredentialStore store() {
		return new CredentialStore(this.redis, "wxtest", "secret");
	}

	private Mono<Credential> fetched(int count, Duration life) {
		return Mono.just(new Credential("value-" + count, this.clock.instant().plus(life)));
	}

	private static List<String> values(List<SharedCredential> nodes, int callers) {
		return Flux.range(0, callers)
			.flatMap((i) -> nodes.get(i % nodes.size()).current(), callers)
			.map(Credential::value)
			.collectList()
			.block(TIMEOUT);
	}

}
