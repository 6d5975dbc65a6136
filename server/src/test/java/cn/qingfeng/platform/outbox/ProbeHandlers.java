package cn.qingfeng.platform.outbox;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Two handlers of one event: one writes a row, the other only notes what it saw.
 */
@Configuration(proxyBeanMethods = false)
class ProbeHandlers {

	static final Map<UUID, ProbeEvent> SEEN = new ConcurrentHashMap<>();

	static final Map<UUID, Integer> TRIES = new ConcurrentHashMap<>();

	@Bean
	OutboxHandler<ProbeEvent> writingProbe(DatabaseClient database) {
		return new Writing(database);
	}

	@Bean
	OutboxHandler<ProbeEvent> notingProbe() {
		return new Noting();
	}

	/**
	 * Its effect is a row without a key: twice would be seen.
	 */
	record Writing(DatabaseClient database) implements OutboxHandler<ProbeEvent> {

		@Override
		public Class<ProbeEvent> type() {
			return ProbeEvent.class;
		}

		@Override
		public Mono<Void> handle(ProbeEvent event) {
			Mono<Void> effect = this.database.sql("INSERT INTO outbox_probe (id) VALUES (:id)")
				.bind("id", event.id())
				.then();
			TRIES.merge(event.id(), 1, Integer::sum);
			return event.poison() ? effect.then(Mono.error(new IllegalArgumentException("poison"))) : effect;
		}

	}

	record Noting() implements OutboxHandler<ProbeEvent> {

		@Override
		public Class<ProbeEvent> type() {
			return ProbeEvent.class;
		}

		@Override
		public Mono<Void> handle(ProbeEvent event) {
			return Mono.fromRunnable(() -> SEEN.put(event.id(), event));
		}

	}

}
