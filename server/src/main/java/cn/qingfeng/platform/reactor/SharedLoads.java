package cn.qingfeng.platform.reactor;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Values in this node's memory, each loaded once for all who ask at once. What is absent,
 * or failed to load, is not remembered.
 * <p>
 * A load never begins while the cache holds its key locked: on the way to a connection it
 * may carry on the end of somebody else's work, which asks the same cache.
 *
 * @param <K> of the key
 * @param <V> of the value
 */
public final class SharedLoads<K, V> {

	private final AsyncLoadingCache<K, V> cache;

	private final Function<K, Mono<V>> load;

	/**
	 * Makes an empty one.
	 * @param limits how many values stay, for how long, and whether they are refreshed
	 * meanwhile
	 * @param load empty for what does not exist
	 */
	public SharedLoads(Caffeine<Object, Object> limits, Function<K, Mono<V>> load) {
		// deferred, what fails before it begins still ends the promise
		this.load = (key) -> Mono.defer(() -> load.apply(key));
		// only a refresh begins in here, for which nobody waits
		this.cache = limits
			.buildAsync((key, executor) -> Detached.start(this.load.apply(key).subscribeOn(Schedulers.parallel())));
	}

	/** Kept or loaded; who hangs up does not stop the load. */
	public Mono<V> get(K key) {
		return Mono.fromFuture(() -> find(key), true);
	}

	private CompletableFuture<V> find(K key) {
		CompletableFuture<V> promised = new CompletableFuture<>();
		CompletableFuture<V> kept = this.cache.get(key, (any, executor) -> promised);
		if (kept == promised) {
			Detached.start(this.load.apply(key)).whenComplete((value, error) -> settle(promised, value, error));
		}
		return kept;
	}

	private static <V> void settle(CompletableFuture<V> promised, @Nullable V value, @Nullable Throwable error) {
		if (error != null) {
			promised.completeExceptionally(error);
		}
		else {
			promised.complete(value);
		}
	}

	/** Kept, being loaded, or that one from now on. */
	public Mono<V> getOrKeep(K key, Supplier<V> value) {
		return Mono.fromFuture(
				() -> Objects.requireNonNullElseGet(this.cache.getIfPresent(key), () -> keep(key, value.get())), true);
	}

	private CompletableFuture<V> keep(K key, V value) {
		CompletableFuture<V> kept = CompletableFuture.completedFuture(value);
		this.cache.put(key, kept);
		return kept;
	}

	/** Without waiting for one that is being loaded. */
	public Optional<V> inMemory(K key) {
		CompletableFuture<V> kept = this.cache.getIfPresent(key);
		return (kept != null && kept.state() == Future.State.SUCCESS) ? Optional.ofNullable(kept.resultNow())
				: Optional.empty();
	}

	/** It is loaded anew the next time. */
	public void forget(K key) {
		this.cache.synchronous().invalidate(key);
	}

}
