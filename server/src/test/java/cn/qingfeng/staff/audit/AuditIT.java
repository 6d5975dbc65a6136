package cn.qingfeng.staff.audit;

import java.time.Duration;
import java.util.UUID;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestSessions;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.staff.Audit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

@QingfengIT
class AuditIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private Audit audit;

	@Autowired
	private AuditReadModel readModel;

	@Autowired
	private Transactions transactions;

	@Autowired
	private DatabaseClient database;

	@Test
	void entriesWrittenAtOnceMakeOneChain() {
		Flux.range(0, 40)
			.flatMap((i) -> this.transactions.inTransaction(this.audit.record("test.chain", "subject " + i)), 8)
			.then(this.readModel.firstBroken())
			.as(StepVerifier::create)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void anEntryIsWrittenWithItsTransactionOrNotAtAll() {
		String subject = UUID.randomUUID().toString();
		this.transactions
			.inTransaction(
					this.audit.record("test.undone", subject).then(Mono.error(new IllegalStateException("undo"))))
			.onErrorComplete(IllegalStateException.class)
			.then(this.database.sql("SELECT count(*) FROM audit_entry WHERE subject = :subject")
				.bind("subject", subject)
				.mapValue(Long.class)
				.one())
			.as(StepVerifier::create)
			.expectNext(0L)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void entriesCanBeNeitherChangedNorDeleted() {
		this.audit.record("test.fixed", null).as(StepVerifier::create).expectComplete().verify(TIMEOUT);
		refused("UPDATE audit_entry SET actor = 'nobody' WHERE :yes");
		refused("DELETE FROM audit_entry WHERE :yes");
		this.database.sql("TRUNCATE audit_entry").then().as(StepVerifier::create).expectError().verify(TIMEOUT);
	}

	@Test
	void tamperingIsFound() {
		Mono<Long> tampering = this.audit.record("test.tampered", "before")
			.then(this.audit.record("test.after", null))
			.then(this.database.sql("ALTER TABLE audit_entry DISABLE TRIGGER USER").then())
			.then(this.database.sql("""
					UPDATE audit_entry SET subject = 'after' WHERE id = (
						SELECT max(id) FROM audit_entry WHERE action = 'test.tampered') RETURNING id
					""").mapValue(Long.class).one());
		Mono<Boolean> found = tampering.flatMap((id) -> this.readModel.firstBroken().map(id::equals));
		// The shared database stays whole for the other tests.
		this.transactions.inTransaction(found.doOnNext((whole) -> {
			if (!whole) {
				throw new AssertionError("not found");
			}
		}).then(Mono.<Void>error(new IllegalStateException("undo"))))
			.as(StepVerifier::create)
			.expectErrorMessage("undo")
			.verify(TIMEOUT);
	}

	@Test
	void auditorsReadWhoDidWhatFromWhere() {
		this.client.get()
			.uri("/api/admin/v1/audit?limit=1")
			.headers(this.sessions.staff("AUTHOR"))
			.exchange()
			.expectStatus()
			.isForbidden();
		this.audit.record("test.read", "a subject")
			.then(this.audit.record("test.read", "another"))
			.as(StepVerifier::create)
			.expectComplete()
			.verify(TIMEOUT);
		this.client.get()
			.uri("/api/admin/v1/audit?limit=1")
			.headers(this.sessions.staff("AUDITOR"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items.length()")
			.isEqualTo(1)
			.jsonPath("$.items[0].result")
			.isEqualTo("SUCCESS")
			.jsonPath("$.nextCursor")
			.isNotEmpty();
	}

	private void refused(String sql) {
		this.database.sql(sql)
			.bind("yes", true)
			.then()
			.as(StepVerifier::create)
			.expectErrorMatches((error) -> error.toString().contains("append-only"))
			.verify(TIMEOUT);
	}

}
