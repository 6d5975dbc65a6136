package cn.qingfeng.platform.reactor;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/**
 * Proves that the guard of all other tests is awake.
 */
class BlockHoundTests {

	@Test
	void blockingOnAnEventLoopIsDetected() {
		Mono.delay(Duration.ofMillis(1))
			.flatMap((tick) -> Mono.fromCallable(() -> new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS)))
			.as(StepVerifier::create)
			.expectError(BlockingOperationError.class)
			.verify(Duration.ofSeconds(20));
	}

}
