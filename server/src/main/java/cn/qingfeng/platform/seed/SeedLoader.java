package cn.qingfeng.platform.seed;

import java.time.Clock;
import java.util.Set;

import reactor.core.publisher.Mono;

/**
 * Puts one folder of seeds into the database. Beans are run in {@code @Order} after the
 * migrations and before the node is ready, each in one transaction, by one node at a
 * time, and skipped while the files are as they were. Rows go in by natural key with
 * {@code ON CONFLICT DO NOTHING}: what people changed since stays.
 */
public interface SeedLoader {

	/** The folder under {@code seeds/}. */
	String name();

	Mono<Void> load(SeedFolder seeds);

	/** All folders whose change makes it load again. */
	default Set<String> folders() {
		return Set.of(name());
	}

	/** Besides the files, what makes it load again, for instance the month. */
	default String edition(Clock clock) {
		return "";
	}

}
