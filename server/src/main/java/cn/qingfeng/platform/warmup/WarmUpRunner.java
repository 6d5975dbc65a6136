package cn.qingfeng.platform.warmup;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import cn.qingfeng.platform.reactor.Startup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Warms up, last of all that is done before readiness. A failure costs speed alone.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class WarmUpRunner implements ApplicationRunner {

	/** At a time, after a first one alone that builds what is built once. */
	private static final int PHONES = 16;

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final Logger log = LoggerFactory.getLogger(WarmUpRunner.class);

	private final List<WarmUp> exercises;

	private final WarmUpProperties properties;

	private final WarmUpSession session;

	private final ServerProperties server;

	private final Environment environment;

	WarmUpRunner(ObjectProvider<WarmUp> exercises, WarmUpProperties properties, WarmUpSession session,
			ServerProperties server, Environment environment) {
		this.exercises = exercises.orderedStream().toList();
		this.properties = properties;
		this.session = session;
		this.server = server;
		this.environment = environment;
	}

	@Override
	public void run(ApplicationArguments args) {
		if (this.properties.time().isPositive()) {
			warmUp();
		}
	}

	private void warmUp() {
		AtomicInteger done = new AtomicInteger();
		AtomicInteger failed = new AtomicInteger();
		try (OwnServer own = new OwnServer(address(), port(), this.session.open())) {
			long end = System.nanoTime() + this.properties.time().toNanos();
			Mono<Void> round = Flux.fromIterable(this.exercises)
				.concatMap((exercise) -> exercise.exercise(own))
				.doOnComplete(done::incrementAndGet)
				.onErrorResume((error) -> {
					log.debug("an exercise failed", error);
					failed.incrementAndGet();
					return Mono.empty();
				})
				.then();
			Mono<Void> phone = round.repeat(() -> System.nanoTime() < end).then();
			Mono<Void> phones = Flux.range(0, PHONES).flatMap((number) -> phone, PHONES).then();
			Startup.await(round.then(phones), this.properties.time().plus(LIMIT));
		}
		finally {
			this.session.close();
		}
		log.info("warmed up: {} rounds done, {} failed", done, failed);
	}

	/** As Spring Boot has noted it down: it may have been left to chance. */
	private int port() {
		return this.environment.getRequiredProperty("local.server.port", Integer.class);
	}

	private InetAddress address() {
		InetAddress bound = this.server.getAddress();
		return (bound != null && !bound.isAnyLocalAddress()) ? bound : InetAddress.getLoopbackAddress();
	}

}
