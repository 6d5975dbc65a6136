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
			BlockHound.install((guard) -> guard
				// Locks held for nanoseconds while an id is made.
				.allowBlockingCallsInside("com.fasterxml.uuid.impl.TimeBasedEpochGenerator", "generate")
				.allowBlockingCallsInside("com.fasterxml.uuid.impl.TimeBasedEpochGenerator", "construct")
				// The random device of the kernel never blocks.
				.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes")
				.allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "readFully")
				// The validator reads the texts of a language once.
				.allowBlockingCallsInside("java.util.ResourceBundle", "getBundleImpl")
				// Read at the start, when nobody is served yet.
				.allowBlockingCallsInside("cn.qingfeng.platform.seed.SeedFolder", "read")
				.allowBlockingCallsInside("cn.qingfeng.platform.seed.SeedFolder", "resources")
				.allowBlockingCallsInside("cn.qingfeng.platform.seed.SeedFolder", "path")
				// Workers that Netty's thread factory makes look like event loops.
				.nonBlockingThreadPredicate(
						(others) -> others.and((thread) -> !thread.getName().startsWith("redisson"))));
		}

		static void ensure() {
			// Loading the class installs it, once.
		}

	}

}
