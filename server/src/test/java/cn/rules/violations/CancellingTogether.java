package cn.rules.violations;

import java.util.concurrent.CompletableFuture;

import com.github.benmanes.caffeine.cache.AsyncCache;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.reactive.TransactionalOperator;

/** Subscribes by hand. */
public final class CancellingTogether {

	private CancellingTogether() {
	}

	static Disposable go(Mono<Object> mono) {
		return mono.subscribe();
	}

	/** Takes a scheduler. */
	public static final class Scheduling {

		private Scheduling() {
		}

		static Mono<Object> go(Mono<Object> mono) {
			return mono.subscribeOn(Schedulers.parallel());
		}

	}

	/** Loads while a key is locked. */
	public static final class LoadingInACache {

		private LoadingInACache() {
		}

		static CompletableFuture<String> go(AsyncCache<String, String> cache, Mono<String> load) {
			return cache.get("key", (key, executor) -> load.toFuture());
		}

	}

	/** Changes Reactor for all. */
	public static final class Hooking {

		private Hooking() {
		}

		static void go() {
			Hooks.onOperatorDebug();
		}

	}

	/** Goes past the shield. */
	public static final class Unshielded {

		private Unshielded() {
		}

		static Mono<Object> go(Mono<Object> mono, TransactionalOperator operator) {
			return operator.transactional(mono);
		}

	}

	/** Goes past the shield, too. */
	public static class Annotated {

		@Transactional
		Mono<Object> go(Mono<Object> mono) {
			return mono;
		}

	}

	/** Drops errors. */
	public static final class Continuing {

		private Continuing() {
		}

		static Flux<Object> go(Flux<Object> flux) {
			return flux.onErrorContinue((error, value) -> {
			});
		}

	}

	/** Starts 256 at once. */
	public static final class FanningOut {

		private FanningOut() {
		}

		static Flux<Object> go(Flux<Object> flux) {
			return flux.flatMap(Mono::just);
		}

	}

}
