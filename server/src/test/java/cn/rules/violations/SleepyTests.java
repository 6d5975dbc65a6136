package cn.rules.violations;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Sleeps, and waits without a limit. */
@Disabled("an example of what not to do")
public class SleepyTests {

	@Test
	void shouldSleep() throws InterruptedException {
		Thread.sleep(1);
		Mono.empty().as(StepVerifier::create).verifyComplete();
	}

	/** Waits for ever. */
	public static final class Unbounded {

		private Unbounded() {
		}

		static void go() {
			Mono.empty().as(StepVerifier::create).expectComplete().verify();
		}

	}

}
