package cn.qingfeng;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.blockhound.BlockHound;

/**
 * Registered for every test of the JVM: a call that blocks on an event loop fails.
 */
public final class BlockHoundExtension implements BeforeAllCallback {

	@Override
	public void beforeAll(ExtensionContext context) {
		Installation.ensure();
	}

	private static final class Installation {

		static {
			BlockHound.builder()
				// A lock held for nanoseconds while an id is made.
				.allowBlockingCallsInside("com.fasterxml.uuid.impl.TimeBasedEpochGenerator", "generate")
				.allowBlockingCallsInside("com.fasterxml.uuid.impl.TimeBasedEpochGenerator", "construct")
				.install();
		}

		static void ensure() {
			// Loading the class installs it, once.
		}

	}

}
