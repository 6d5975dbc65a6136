package cn.qingfeng.platform.outbox;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestServers;
import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.reactor.Transactions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.NoTransactionException;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class OutboxIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@Autowired
	private Outbox outbox;

	@Autowired
	private OutboxHandlers handlers;

	@Autowired
	private OutboxTable table;

	@Autowired
	private Transactions transactions;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private JsonMapper json;

	@Value("${spring.flyway.url}")
	private String jdbcUrl;

	@BeforeEach
	void effects() throws SQLException {
		try (Connection owner = DriverManager.getConnection(this.jdbcUrl, "qingfeng",
				TestServers.postgres().password()); Statement statement = owner.createStatement()) {
			statement.execute("CREATE TABLE IF NOT EXISTS outbox_probe (id uuid NOT NULL)");
			statement.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON outbox_probe TO qingfeng_app");
		}
	}

	@Test
	void anEventReachesEachOfItsHandlersOnce() {
		ProbeEvent event = event(false);

		publish(event).block(TIMEOUT);

		Awaitility.await().atMost(TIMEOUT).until(() -> "DONE,DONE".equals(states(event)));
		assertThat(effects(event)).isOne();
		assertThat(ProbeHandlers.SEEN).containsEntry(event.id(), event);
	}

	@Test
	void anEventOfARolledBackChangeIsNone() {
		ProbeEvent event = event(false);

		this.outbox.publish(event)
			.then(Mono.error(new IllegalArgumentException("no")))
			.as(this.transactions::inTransaction)
			.as(StepVerifier::create)
			.expectError(IllegalArgumentException.class)
			.verify(TIMEOUT);

		assertThat(states(event)).isEmpty();
	}

	@Test
	void publishingOutsideATransactionIsRefused() {
		this.outbox.publish(event(false))
			.as(StepVerifier::create)
			.expectError(NoTransactionException.class)
			.verify(TIMEOUT);
	}

	@Test
	void aFailingHandlerLeavesNoEffectAndDoesNotStopTheOther() {
		ProbeEvent event = event(true);

		publish(event).block(TIMEOUT);

		Awaitility.await().atMost(TIMEOUT).until(() -> ProbeHandlers.TRIES.getOrDefault(event.id(), 0) >= 2);
		assertThat(states(event)).isEqualTo("DONE,PENDING");
		assertThat(effects(event)).isZero();
		set(event, "state = 'DEAD'");
	}

	@Test
	void aHandlerThatFailsForEverEndsDeadWithItsReason() {
		ProbeEvent event = event(true);
		this.outbox.publish(event)
			.then(Mono.defer(() -> update(event, "attempts = 9")))
			.as(this.transactions::inTransaction)
			.block(TIMEOUT);

		Awaitility.await().atMost(TIMEOUT).until(() -> "DEAD,DONE".equals(states(event)));
		assertThat(this.database.sql("""
				SELECT d.attempts || ' ' || d.last_error FROM outbox_delivery d JOIN outbox_event e ON e.id = d.event_id
				WHERE e.payload ->> 'id' = :id AND d.state = 'DEAD'
				""").bind("id", event.id().toString()).mapValue(String.class).one().block(TIMEOUT))
			.isEqualTo("10 java.lang.IllegalArgumentException: poison");
	}

	@Test
	void twoNodesDeliverEachEventOnce() {
		BackgroundLoops otherNode = new BackgroundLoops();
		new OutboxRelay(this.handlers, this.table, this.transactions, otherNode, this.json, new SimpleMeterRegistry());
		otherNode.start();
		List<ProbeEvent> events = Flux.range(0, 200).map((i) -> event(false)).collectList().block(TIMEOUT);

		Flux.fromIterable(events).flatMap(this::publish, 8).then().block(TIMEOUT);

		Awaitility.await()
			.atMost(TIMEOUT)
			.untilAsserted(() -> assertThat(events).allSatisfy((event) -> assertThat(effects(event)).isOne()));
		assertThat(events).allSatisfy((event) -> assertThat(ProbeHandlers.TRIES).containsEntry(event.id(), 1));
		otherNode.stop();
	}

	private static ProbeEvent event(boolean poison) {
		return new ProbeEvent(UUID.randomUUID(), "清风", Instant.parse("2026-11-22T04:00:00Z"), poison);
	}

	private Mono<Void> publish(ProbeEvent event) {
		return this.transactions.inTransaction(this.outbox.publish(event));
	}

	private String states(ProbeEvent event) {
		return this.database.sql("""
				SELECT coalesce(string_agg(d.state, ',' ORDER BY d.state), '')
				FROM outbox_delivery d JOIN outbox_event e ON e.id = d.event_id WHERE e.payload ->> 'id' = :id
				""").bind("id", event.id().toString()).mapValue(String.class).one().block(TIMEOUT);
	}

	private long effects(ProbeEvent event) {
		return this.database.sql("SELECT count(*) FROM outbox_probe WHERE id = :id")
			.bind("id", event.id())
			.mapValue(Long.class)
			.one()
			.block(TIMEOUT);
	}

	private void set(ProbeEvent event, String change) {
		update(event, change).block(TIMEOUT);
	}

	private Mono<Void> update(ProbeEvent event, String change) {
		return this.database.sql("UPDATE outbox_delivery SET " + change + """
				 FROM outbox_event e WHERE e.id = event_id AND handler = 'Writing' AND e.payload ->> 'id' = :id
				""").bind("id", event.id().toString()).then();
	}

}
