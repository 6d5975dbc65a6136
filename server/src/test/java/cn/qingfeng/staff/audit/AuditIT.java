package cn.qingfeng.staff.audit;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestServers;
import cn.qingfeng.TestSessions;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.staff.Audit;
import cn.qingfeng.staff.audit.AuditChain.BreakKind;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
	private AuditChain chain;

	@Autowired
	private AuditSealer sealer;

	@Autowired
	private Transactions transactions;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private TestClock clock;

	@Value("${spring.flyway.url}")
	private String jdbcUrl;

	@Test
	void entriesWrittenAtOnceMakeOneChain() {
		Flux.range(0, 40)
			.flatMap((i) -> this.transactions.inTransaction(this.audit.record("test.chain", "subject " + i)), 8)
			.then()
			.block(TIMEOUT);
		AuditChain.State state = sealed();
		assertThat(state.broken()).isNull();
		assertThat(state.entries()).isGreaterThanOrEqualTo(40);
		assertThat(state.lastHash()).hasSize(64);
	}

	@Test
	void anEntryDoesNotWaitForATransactionThatIsStillOpen() throws SQLException {
		try (Connection slow = as("qingfeng"); Statement statement = slow.createStatement()) {
			slow.setAutoCommit(false);
			statement.execute("""
					INSERT INTO audit_entry (at, actor, action, subject, result)
					VALUES (now(), 'system', 'test.slow', 'slow', 'SUCCESS')
					""");
			this.transactions.inTransaction(this.audit.record("test.quick", "quick"))
				.as(StepVerifier::create)
				.expectComplete()
				.verify(TIMEOUT);
			assertThat(sealed().broken()).isNull();
			slow.commit();
		}
		assertThat(sealed().broken()).isNull();
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
	void theRoleOfTheServerCanNeitherChangeNorDeleteAnything() {
		this.audit.record("test.fixed", null).block(TIMEOUT);
		sealed();
		for (String table : new String[] { "audit_entry", "audit_seal", "audit_unsealed" }) {
			refused("DELETE FROM " + table);
			refused("TRUNCATE " + table);
		}
		refused("UPDATE audit_entry SET actor = 'nobody'");
		refused("UPDATE audit_seal SET hash = ''");
		refused("INSERT INTO audit_seal (position, entry_id, hash) VALUES (0, 0, '')");
		refused("ALTER TABLE audit_entry DISABLE TRIGGER USER");
		refused("DROP TABLE audit_entry");
		refused("SELECT nextval('audit_entry_id')");
	}

	@Test
	void aTableOfTheServersOwnDoesNotStandInForTheChain() throws SQLException {
		long before = sealed().entries();
		try (Connection server = as("qingfeng_app"); Statement statement = server.createStatement()) {
			statement.execute("CREATE TEMPORARY TABLE audit_seal (LIKE audit_seal)");
			statement.execute("""
					INSERT INTO audit_entry (at, actor, action, result) VALUES (now(), 'x', 'test.shadow', 'SUCCESS')
					""");
			statement.execute("SELECT audit_seal_next(500)");
		}
		AuditChain.State after = sealed();
		assertThat(after.broken()).isNull();
		assertThat(after.entries()).isGreaterThan(before);
	}

	@Test
	void theOwnerOfTheTablesIsRefusedAsWell() {
		this.audit.record("test.fixed", null).block(TIMEOUT);
		sealed();
		for (String statement : new String[] { "UPDATE audit_entry SET actor = 'nobody'", "DELETE FROM audit_entry",
				"TRUNCATE audit_entry", "UPDATE audit_seal SET hash = ''", "DELETE FROM audit_seal",
				"TRUNCATE audit_seal" }) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute("qingfeng", statement))
				.withMessageContaining("append-only");
		}
	}

	@Test
	void whatASuperuserTampersWithIsFound() throws SQLException {
		Long id = this.audit.record("test.tampered", "before")
			.then(this.audit.record("test.after", null))
			.then(this.database.sql("SELECT max(id) FROM audit_entry WHERE action = :action")
				.bind("action", "test.tampered")
				.mapValue(Long.class)
				.one())
			.block(TIMEOUT);
		sealed();
		String entry = " WHERE id = " + id;
		String link = " WHERE entry_id = " + id;
		tampered("UPDATE audit_entry SET subject = 'after'" + entry,
				"UPDATE audit_entry SET subject = 'before'" + entry, BreakKind.ENTRY_CHANGED);
		tampered("UPDATE audit_entry SET id = -id" + entry, "UPDATE audit_entry SET id = -id WHERE id = -" + id,
				BreakKind.ENTRY_MISSING);
		tampered("UPDATE audit_seal SET position = -position" + link,
				"UPDATE audit_seal SET position = -position" + link, BreakKind.LINK_MISSING);
		tampered("""
				INSERT INTO audit_entry (id, at, actor, action, result)
				VALUES (nextval('audit_entry_id'), now(), 'x', 'test.forged', 'SUCCESS')
				""", "DELETE FROM audit_entry WHERE action = 'test.forged'", BreakKind.NOT_CHAINED);
		assertThat(sealed().broken()).isNull();
	}

	@Test
	void auditorsReadWhoDidWhatFromWhere() {
		list("?limit=1", this.sessions.staff("AUTHOR")).expectStatus().isForbidden();
		this.audit.record("test.read", "a subject").then(this.audit.record("test.read", "another")).block(TIMEOUT);
		list("?limit=1", this.sessions.staff("AUDITOR")).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items.length()")
			.isEqualTo(1)
			.jsonPath("$.items[0].result")
			.isEqualTo("SUCCESS")
			.jsonPath("$.nextCursor")
			.isNotEmpty();
	}

	@Test
	void anEntryNamesTheRequestItWasMadeBy() {
		String trace = exported("?action=test.none").getFirst("X-Trace-Id");
		list("?action=audit.export&limit=1", this.sessions.staff("AUDITOR")).expectBody()
			.jsonPath("$.items[0].traceId")
			.isEqualTo(Objects.requireNonNull(trace))
			.jsonPath("$.items[0].origin")
			.isEqualTo("127.0.0.1")
			.jsonPath("$.items[0].actor")
			.isEqualTo("tester");
	}

	@Test
	void entriesAreFoundByActorActionSubjectAndDay() {
		String subject = UUID.randomUUID().toString();
		this.audit.record("test.find", subject)
			.then(this.audit.recordAs("finder", null, "test.find", subject))
			.then(this.audit.record("test.other", subject))
			.block(TIMEOUT);
		found("?subject=" + subject, 3);
		found("?subject=" + subject + "&action=test.find", 2);
		found("?subject=" + subject + "&actor=finder", 1);
		found("?subject=" + subject + "&to=2001-01-01", 0);
		found("?subject=" + subject + "&from=2001-01-01&to=2998-01-01", 3);
		list("?from=-0044-03-15", this.sessions.staff("AUDITOR")).expectStatus().isEqualTo(422);
	}

	@Test
	void theTableHoldsWhatWasAskedForAndNoFormula() {
		String subject = "=1+\"" + UUID.randomUUID();
		Flux.range(0, 3)
			.concatMap((i) -> this.audit.record("test.table", subject, "第 " + i + " 行"))
			.then()
			.block(TIMEOUT);
		byte[] table = this.client.get()
			.uri((uri) -> uri.path("/api/admin/v1/audit/export").queryParam("subject", "{s}").build(subject))
			.headers(this.sessions.staff("AUDITOR"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith("text/csv")
			.expectBody()
			.returnResult()
			.getResponseBody();
		String text = new String(Objects.requireNonNull(table), StandardCharsets.UTF_8);
		assertThat(text.lines()).hasSize(4);
		assertThat(text).startsWith("\ufeff编号,").contains("\"'=1+\"\"" + subject.substring(4)).contains("\"第 2 行\"");
	}

	@Test
	void whatIsOlderThanAnyDutyToKeepItIsStillThere() {
		String subject = UUID.randomUUID().toString();
		this.clock.advance(Duration.ofDays(-400));
		try {
			this.audit.record("test.old", subject).block(TIMEOUT);
		}
		finally {
			this.clock.reset();
		}
		this.audit.record("test.new", subject).block(TIMEOUT);
		assertThat(sealed().broken()).isNull();
		found("?subject=" + subject, 2);
	}

	@Test
	void theChainIsVerifiedOnDemand() {
		sealed();
		this.client.get()
			.uri("/api/admin/v1/audit/verification")
			.headers(this.sessions.staff("AUDITOR"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.whole")
			.isEqualTo(true)
			.jsonPath("$.firstBroken")
			.isEmpty();
	}

	private WebTestClient.ResponseSpec list(String query, Consumer<HttpHeaders> caller) {
		return this.client.get().uri("/api/admin/v1/audit" + query).headers(caller).exchange();
	}

	private void found(String query, int entries) {
		list(query, this.sessions.staff("AUDITOR")).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items.length()")
			.isEqualTo(entries);
	}

	private HttpHeaders exported(String query) {
		return this.client.get()
			.uri("/api/admin/v1/audit/export" + query)
			.headers(this.sessions.staff("AUDITOR"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseHeaders();
	}

	/** The chain, when nothing waits to be chained. */
	private AuditChain.State sealed() {
		return Objects.requireNonNull(Mono.defer(this.sealer::seal)
			.then(Mono.defer(this.chain::check))
			.filter((state) -> state.waiting() == 0)
			.repeatWhenEmpty((tries) -> tries.delayElements(Duration.ofMillis(50)))
			.block(TIMEOUT));
	}

	/** The shared database is whole again afterwards. */
	private void tampered(String change, String repair, BreakKind expected) throws SQLException {
		execute("postgres", change);
		try {
			AuditChain.Break broken = Objects.requireNonNull(this.chain.check().block(TIMEOUT)).broken();
			assertThat(broken).as(change).isNotNull();
			assertThat(Objects.requireNonNull(broken).kind()).as(change).isEqualTo(expected);
		}
		finally {
			execute("postgres", repair);
		}
	}

	private void execute(String role, String sql) throws SQLException {
		try (Connection connection = as(role); Statement statement = connection.createStatement()) {
			if ("postgres".equals(role)) {
				statement.execute("SET session_replication_role = replica");
			}
			statement.execute(sql);
		}
	}

	private Connection as(String role) throws SQLException {
		return DriverManager.getConnection(this.jdbcUrl, role, TestServers.postgres().password());
	}

	private void refused(String sql) {
		this.database.sql(sql)
			.then()
			.as(StepVerifier::create)
			.expectErrorMatches((error) -> error.toString().contains("permission denied")
					|| error.toString().contains("must be owner"))
			.verify(TIMEOUT);
	}

}
