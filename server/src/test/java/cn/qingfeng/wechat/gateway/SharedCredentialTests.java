package cn.qingfeng.wechat.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;

import cn.qingfeng.wechat.WechatErrorClass;
import cn.qingfeng.wechat.WechatOutcome;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SharedCredentialTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1714112445), ZoneOffset.UTC);

	private final AtomicInteger fetches = new AtomicInteger();

	@Test
	void withoutRedisANodeHelpsItself() {
		SharedCredential alone = new SharedCredential("token", new NoStore(), (force) -> fetched("value"), CLOCK);
		assertThat(Flux.range(0, 24)
			.flatMap((i) -> alone.current(), 24)
			.map(Credential::value)
			.collectList()
			.block(TIMEOUT)).hasSize(24).containsOnly("value");
		assertThat(this.fetches).hasValue(1);
	}

	@Test
	void aValueThatWechatHandsOutAndRefusesIsForcedOnce() {
		SharedCredential token = new SharedCredential("token", new NoStore(),
				(force) -> fetched(force ? "forced" : "same"), CLOCK);
		assertThat(token.current().map(Credential::value).block(TIMEOUT)).isEqualTo("same");
		assertThat(token.insteadOf("same").map(Credential::value).block(TIMEOUT)).isEqualTo("forced");
		assertThat(this.fetches).hasValue(3);
	}

	@Test
	void aValueThatStaysRefusedIsToldAsSuch() {
		SharedCredential token = new SharedCredential("token", new NoStore(), (force) -> fetched("same"), CLOCK);
		assertThatExceptionOfType(CredentialRefusedException.class)
			.isThrownBy(() -> token.insteadOf("same").block(TIMEOUT))
			.satisfies((ex) -> assertThat(((WechatOutcome.Refused<?>) ex.outcome()).errorClass())
				.isEqualTo(WechatErrorClass.TOKEN));
	}

	private Mono<Credential> fetched(String value) {
		return Mono.fromSupplier(() -> {
			this.fetches.incrementAndGet();
			return new Credential(value, CLOCK.instant().plusSeconds(7_200));
		});
	}

	private static final class NoStore extends CredentialStore {

		NoStore() {
			super(null, "wx1", "secret");
		}

		@Override
		Mono<Credential> read(String name) {
			return Mono.empty();
		}

		@Override
		Mono<Void> write(String name, Credential credential, Duration life) {
			return Mono.empty();
		}

		@Override
		Mono<Boolean> lock(String name, long owner) {
			return Mono.just(true);
		}

		@Override
		Mono<Void> unlock(String name, long owner) {
			return Mono.empty();
		}

		@Override
		Mono<Boolean> firstWithin(String name, Duration time) {
			return Mono.just(true);
		}

	}

}
