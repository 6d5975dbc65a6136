package cn.qingfeng.platform.reactor;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import com.github.benmanes.caffeine.cache.Caffeine;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

class SharedLoadsTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final AtomicInteger begun = new AtomicInteger();

	@Test
	void allWhoAskAtOnceGetTheSameLoad() {
		Sinks.One<String> source = Sinks.one();
		SharedLoads<String, String> loads = loads(source.asMono());
		List<CompletableFuture<String>> asked = List.of(loads.get("a").toFuture(), loads.get("a").toFuture());
		assertThat(loads.inMemory("a")).isEmpty();
		source.tryEmitValue("loaded");
		assertThat(asked).allSatisfy((answer) -> assertThat(answer).isCompletedWithValue("loaded"));
		assertThat(loads.inMemory("a")).contains("loaded");
		assertThat(this.begun).hasValue(1);
	}

	@Test
	void aLoadMayCarryOnWorkThatAsksForTheSameKey() {
		AtomicReference<SharedLoads<String, String>> loads = new AtomicReference<>();
		AtomicReference<CompletableFuture<String>> onTheWay = new AtomicReference<>();
		loads.set(loads(Mono.fromSupplier(() -> {
			onTheWay.set(loads.get().get("a").toFuture());
			return "loaded";
		})));
		assertThat(loads.get().get("a").toFuture()).isCompletedWithValue("loaded");
		assertThat(onTheWay.get()).isCompletedWithValue("loaded");
	}

	@Test
	void aRefreshMayCarryOnWorkThatAsksForTheSameKey() {
		AtomicLong now = new AtomicLong();
		AtomicReference<SharedLoads<String, Integer>> loads = new AtomicReference<>();
		CompletableFuture<Integer> onTheWay = new CompletableFuture<>();
		loads.set(new SharedLoads<>(Caffeine.newBuilder().refreshAfterWrite(Duration.ofSeconds(5)).ticker(now::get),
				(key) -> Mono.fromSupplier(this.begun::incrementAndGet)
					.delayUntil((number) -> (number > 1) ? loads.get()
						.get("a")
						.doOnNext(onTheWay::complete)
						.doOnError(onTheWay::completeExceptionally) : Mono.empty())));
		assertThat(loads.get().get("a").toFuture()).isCompletedWithValue(1);
		now.addAndGet(TimeUnit.SECONDS.toNanos(6));
		assertThat(loads.get().get("a").toFuture()).succeedsWithin(LIMIT).isIn(1, 2);
		assertThat(onTheWay).succeedsWithin(LIMIT).isEqualTo(1);
	}

	@Test
	void whatIsAbsentOrFailsIsLoadedAgain() {
		SharedLoads<String, String> loads = loads(Mono.defer(() -> switch (this.begun.get()) {
			case 1 -> Mono.empty();
			case 2 -> Mono.error(new IllegalStateException("no connection"));
			default -> Mono.just("loaded");
		}));
		assertThat(loads.get("a").toFuture()).isCompletedWithValue(null);
		assertThat(loads.get("a").toFuture()).isCompletedExceptionally();
		assertThat(loads.get("a").toFuture()).isCompletedWithValue("loaded");
	}

	@Test
	void aLoadThatFailsBeforeItBeginsLeavesNobodyWaiting() {
		SharedLoads<String, String> loads = new SharedLoads<>(Caffeine.newBuilder(), (key) -> {
			throw new IllegalStateException("no such key");
		});
		assertThat(loads.get("a").toFuture()).isCompletedExceptionally();
		assertThat(loads.get("a").toFuture()).isCompletedExceptionally();
	}

	@Test
	void whoHangsUpDoesNotStopTheLoadOfOthers() {
		Sinks.One<String> source = Sinks.one();
		SharedLoads<String, String> loads = loads(source.asMono());
		CompletableFuture<String> impatient = loads.get("a").toFuture();
		CompletableFuture<String> patient = loads.get("a").toFuture();
		impatient.cancel(true);
		source.tryEmitValue("loaded");
		assertThat(patient).isCompletedWithValue("loaded");
	}

	@Test
	void whatIsAtHandIsKeptUnlessSomethingIs() {
		SharedLoads<String, String> loads = loads(Mono.just("loaded"));
		assertThat(loads.getOrKeep("a", () -> "made").toFuture()).isCompletedWithValue("made");
		assertThat(loads.getOrKeep("a", () -> "made again").toFuture()).isCompletedWithValue("made");
		assertThat(loads.get("a").toFuture()).isCompletedWithValue("made");
		loads.forget("a");
		assertThat(loads.get("a").toFuture()).isCompletedWithValue("loaded");
	}

	private SharedLoads<String, String> loads(Mono<String> load) {
		return new SharedLoads<>(Caffeine.newBuilder().maximumSize(10), (key) -> Mono.defer(() -> {
			this.begun.incrementAndGet();
			return load;
		}));
	}

}
