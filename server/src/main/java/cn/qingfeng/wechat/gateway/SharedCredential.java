package cn.qingfeng.wechat.gateway;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

import cn.qingfeng.wechat.WechatErrorClass;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One credential for all nodes: however many callers want it, one of them asks WeChat.
 * Within a node they share a flight, between nodes a lock; whoever does not get the lock
 * waits for the store.
 */
class SharedCredential {

	private static final Duration POLL = Duration.ofMillis(100);

	private static final int POLLS = 60;

	private static final Duration BETWEEN_FORCED = Duration.ofSeconds(60);

	private final String name;

	private final CredentialStore store;

	private final Function<Boolean, Mono<Credential>> fetch;

	private final Clock clock;

	private final AtomicReference<@Nullable Mono<Credential>> flight = new AtomicReference<>();

	private volatile @Nullable Credential held;

	/**
	 * Makes the credential known, without asking for it.
	 * @param name unique for the account
	 * @param store shared by the nodes
	 * @param fetch asks WeChat; true when the value WeChat holds must go
	 * @param clock the product's clock
	 */
	SharedCredential(String name, CredentialStore store, Function<Boolean, Mono<Credential>> fetch, Clock clock) {
		this.name = name;
		this.store = store;
		this.fetch = fetch;
		this.clock = clock;
	}

	/** What this node holds at the moment, for the thread that is about to call. */
	@Nullable Credential held() {
		return this.held;
	}

	Mono<Credential> current() {
		return Mono.defer(() -> {
			Credential mine = this.held;
			return (mine != null && mine.livesAt(this.clock.instant())) ? Mono.just(mine) : joined(null, this::lives);
		});
	}

	/** Another value than the one WeChat no longer takes. */
	Mono<Credential> insteadOf(String rejected) {
		return Mono.defer(() -> {
			Credential mine = this.held;
			if (mine != null && isOther(mine, rejected)) {
				return Mono.just(mine);
			}
			return joined(rejected, (found) -> isOther(found, rejected)).filter((found) -> isOther(found, rejected))
				.switchIfEmpty(Mono.defer(() -> joined(rejected, (found) -> isOther(found, rejected))));
		});
	}

	/** Renews what has less than five minutes left; callers go on with the old one. */
	Mono<Void> refreshedAhead() {
		return Mono.defer(() -> {
			Credential mine = this.held;
			return (mine != null && mine.isFreshAt(this.clock.instant())) ? Mono.empty()
					: joined(null, this::isFresh).then();
		});
	}

	private Mono<Credential> joined(@Nullable String rejected, Predicate<Credential> wanted) {
		Mono<Credential> running = this.flight.get();
		if (running != null) {
			return running;
		}
		Mono<Credential> mine = obtained(rejected, wanted).map(this::kept)
			.doOnTerminate(() -> this.flight.set(null))
			.cache();
		return this.flight.compareAndSet(null, mine) ? mine : joined(rejected, wanted);
	}

	private Credential kept(Credential credential) {
		this.held = credential;
		return credential;
	}

	private Mono<Credential> obtained(@Nullable String rejected, Predicate<Credential> wanted) {
		return found(wanted).switchIfEmpty(Mono.defer(() -> alone(rejected, wanted)));
	}

	private Mono<Credential> found(Predicate<Credential> wanted) {
		return this.store.read(this.name).filter(wanted);
	}

	private Mono<Credential> alone(@Nullable String rejected, Predicate<Credential> wanted) {
		long owner = RandomGenerator.getDefault().nextLong(Long.MAX_VALUE);
		return Mono.usingWhen(this.store.lock(this.name, owner),
				(mine) -> mine ? foundOrFetched(rejected, wanted) : awaited(rejected, wanted),
				(mine) -> mine ? this.store.unlock(this.name, owner) : Mono.empty());
	}

	private Mono<Credential> foundOrFetched(@Nullable String rejected, Predicate<Credential> wanted) {
		return found(wanted).switchIfEmpty(Mono.defer(() -> fetched(rejected)));
	}

	private Mono<Credential> awaited(@Nullable String rejected, Predicate<Credential> wanted) {
		return Mono.delay(POLL)
			.then(Mono.defer(() -> found(wanted)))
			.repeatWhenEmpty(POLLS, Function.identity())
			.onErrorResume(IllegalStateException.class, (exhausted) -> fetched(rejected));
	}

	private Mono<Credential> fetched(@Nullable String rejected) {
		return this.fetch.apply(false)
			.flatMap((fetched) -> (rejected != null && fetched.value().equals(rejected)) ? forced(rejected)
					: Mono.just(fetched))
			.flatMap(this::shared);
	}

	private Mono<Credential> forced(String rejected) {
		return this.store.firstWithin(this.name + ":forced", BETWEEN_FORCED)
			.flatMap((first) -> first ? this.fetch.apply(true) : Mono.empty())
			.filter((fetched) -> !fetched.value().equals(rejected))
			.switchIfEmpty(Mono.error(() -> new CredentialRefusedException(WechatErrorClass.TOKEN, 40001,
					"WeChat refuses the token that it hands out", "")));
	}

	private Mono<Credential> shared(Credential credential) {
		Duration life = Duration.between(this.clock.instant(), credential.expiresAt());
		return life.isPositive() ? this.store.write(this.name, credential, life).thenReturn(credential)
				: Mono.just(credential);
	}

	private boolean lives(Credential credential) {
		return credential.livesAt(this.clock.instant());
	}

	private boolean isFresh(Credential credential) {
		return credential.isFreshAt(this.clock.instant());
	}

	private boolean isOther(Credential credential, String rejected) {
		return lives(credential) && !credential.value().equals(rejected);
	}

}
