package cn.qingfeng.staff.account;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestSessions;
import cn.qingfeng.platform.security.CurrentStaff;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class StaffKeepingIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final String GOOD = "three purple kettles";

	private static final String BETTER = "four orange teapots";

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TotpSecrets secrets;

	@Autowired
	private TotpRepository codes;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private TestClock clock;

	private final String username = "k" + UUID.randomUUID();

	private UUID id = new UUID(0, 0);

	private String initial = "";

	@BeforeEach
	void openAnAccount() {
		Map<?, ?> opened = body(
				admin("POST", "", Map.of("username", this.username, "displayName", "测试编辑", "roles", List.of("AUTHOR")))
					.expectStatus()
					.isCreated());
		this.initial = String.valueOf(opened.get("password"));
		this.id = UUID.fromString(String.valueOf(((Map<?, ?>) Objects.requireNonNull(opened.get("staff"))).get("id")));
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void theFirstPasswordIsGoodOnlyToChooseAnother() {
		refused(logIn(this.initial), 403, "password-change-required");
		logIn(this.initial, Map.of("newPassword", "password123")).expectStatus().isEqualTo(422);
		logIn(this.initial, Map.of("newPassword", this.initial)).expectStatus().isEqualTo(422);
		logIn(this.initial, Map.of("newPassword", GOOD)).expectStatus().isCreated();
		refused(logIn(this.initial), 401, "log-in-failed");
		logIn(GOOD).expectStatus().isCreated();
	}

	@Test
	void aChangedRoleCountsOnTheNextRequest() {
		String token = settled();
		as(token, "/api/admin/v1/audit").expectStatus().isForbidden();
		change(Map.of("displayName", "测试审计", "roles", List.of("AUDITOR"), "active", true)).expectStatus().isOk();
		as(token, "/api/admin/v1/audit").expectStatus().isOk();
		change(Map.of("displayName", "测试审计", "roles", List.of("AUTHOR"), "active", true)).expectStatus().isOk();
		as(token, "/api/admin/v1/audit").expectStatus().isForbidden();
	}

	@Test
	void aChangedUnitCountsOnTheNextRequest() {
		String token = settled();
		assertThat(units(token)).hasSizeGreaterThan(1);
		String unit = units(token).getLast();
		change(Map.of("displayName", "测试编辑", "roles", List.of("AUTHOR"), "active", true, "units", List.of(unit)))
			.expectStatus()
			.isOk();
		assertThat(units(token)).containsExactly(unit);
	}

	/** Of units with none below them, so that one stands for itself alone. */
	private List<String> units(String token) {
		List<?> items = (List<?>) Objects
			.requireNonNull(body(as(token, "/api/admin/v1/units").expectStatus().isOk()).get("items"));
		List<String> above = items.stream().map((unit) -> String.valueOf(((Map<?, ?>) unit).get("parentId"))).toList();
		return items.stream()
			.map((unit) -> String.valueOf(((Map<?, ?>) unit).get("id")))
			.filter((unit) -> !above.contains(unit))
			.toList();
	}

	@Test
	void aClosedAccountIsOutAtOnceAndItsSessionsDoNotComeBack() {
		String token = settled();
		change(Map.of("displayName", "测试编辑", "roles", List.of("AUTHOR"), "active", false)).expectStatus().isOk();
		as(token, "/api/admin/v1/sessions/current").expectStatus().isUnauthorized();
		refused(logIn(GOOD), 401, "log-in-failed");
		change(Map.of("displayName", "测试编辑", "roles", List.of("AUTHOR"), "active", true)).expectStatus().isOk();
		as(token, "/api/admin/v1/sessions/current").expectStatus().isUnauthorized();
		logIn(GOOD).expectStatus().isCreated();
	}

	@Test
	void nobodyChangesTheirOwnAccountAndNoAdministratorOfAUnitAnyAccount() {
		Consumer<HttpHeaders> oneself = this.sessions.staff(this.id, "ADMIN");
		Map<String, Object> more = Map.of("displayName", "我", "roles", List.of("ADMIN", "AUDITOR"), "active", true);
		refused(change(oneself, more, etag()), 409, "own-account");
		refused(send("POST", "/" + this.id + "/password-reset", oneself, null), 409, "own-account");
		Consumer<HttpHeaders> ofAUnit = this.sessions
			.as(new CurrentStaff(UUID.randomUUID(), UUID.randomUUID(), "unit", Set.of("ADMIN"), Set.of(unit())));
		change(ofAUnit, more, etag()).expectStatus().isForbidden();
		send("POST", "", ofAUnit,
				Map.of("username", "x" + this.username, "displayName", "甲", "roles", List.of("ADMIN")))
			.expectStatus()
			.isForbidden();
	}

	@Test
	void whatMakesNoSenseIsRefused() {
		change(Map.of("displayName", "甲", "roles", List.of("UNIT_ADMIN"), "active", true)).expectStatus()
			.isEqualTo(422);
		change(Map.of("displayName", "甲", "roles", List.of("UNIT_ADMIN"), "units", List.of(UUID.randomUUID()), "active",
				true))
			.expectStatus()
			.isEqualTo(422);
		change(Map.of("displayName", "甲", "roles", List.of("EMPEROR"), "active", true)).expectStatus().isEqualTo(422);
		change(Map.of("displayName", "甲", "roles", List.of("UNIT_ADMIN"), "units", List.of(unit()), "active", true))
			.expectStatus()
			.isOk();
		refused(admin("POST", "", Map.of("username", this.username.toUpperCase(Locale.ROOT), "displayName", "乙",
				"roles", List.of("AUTHOR"))), 409, "conflict");
		change(this.sessions.staff("ADMIN"), Map.of("displayName", "甲", "roles", List.of("AUTHOR"), "active", true),
				"\"77\"")
			.expectStatus()
			.isEqualTo(412);
	}

	@Test
	void aResetPasswordEndsAllSessions() {
		String token = settled();
		String password = String
			.valueOf(body(admin("POST", "/" + this.id + "/password-reset", null).expectStatus().isCreated())
				.get("password"));
		as(token, "/api/admin/v1/sessions/current").expectStatus().isUnauthorized();
		refused(logIn(GOOD), 401, "log-in-failed");
		refused(logIn(password), 403, "password-change-required");
		logIn(password, Map.of("newPassword", GOOD)).expectStatus().isEqualTo(201);
	}

	@Test
	void oneChangesOnesPasswordAndIsOutEverywhereElse() {
		String here = settled();
		String elsewhere = token(logIn(GOOD));
		put(here, "password", Map.of("password", "wrong", "newPassword", BETTER)).expectStatus().isEqualTo(422);
		put(here, "password", Map.of("password", GOOD, "newPassword", GOOD)).expectStatus().isEqualTo(422);
		put(here, "password", Map.of("password", GOOD, "newPassword", BETTER)).expectStatus().isNoContent();
		as(here, "/api/admin/v1/sessions/current").expectStatus().isOk();
		as(elsewhere, "/api/admin/v1/sessions/current").expectStatus().isUnauthorized();
		refused(logIn(GOOD), 401, "log-in-failed");
		logIn(BETTER).expectStatus().isCreated();
	}

	@Test
	void oneSeesOnesOwnSessionsAndAdministratorsAll() {
		String token = settled();
		String other = token(logIn(GOOD));
		List<?> own = (List<?>) body(as(token, "/api/admin/v1/sessions?limit=100").expectStatus().isOk()).get("items");
		assertThat(own).hasSize(2)
			.allSatisfy((session) -> assertThat(((Map<?, ?>) session).get("username")).isEqualTo(this.username));
		String newest = String.valueOf(((Map<?, ?>) Objects.requireNonNull(own).getFirst()).get("id"));
		delete("/api/admin/v1/sessions/" + newest, this.sessions.staff("AUDITOR")).expectStatus().isNotFound();
		delete("/api/admin/v1/sessions/" + newest, this.sessions.staff("ADMIN")).expectStatus().isNoContent();
		as(other, "/api/admin/v1/sessions/current").expectStatus().isUnauthorized();
		as(token, "/api/admin/v1/sessions/current").expectStatus().isOk();
	}

	@Test
	void withAOneTimeCodeThePasswordAloneIsNotEnough() {
		List<String> recovery = enrol(settled());
		refused(logIn(GOOD), 401, "otp-required");
		refused(logIn(GOOD, Map.of("otp", "000000")), 401, "log-in-failed");
		this.clock.advance(Duration.ofMinutes(1));
		String code = code(0);
		logIn(GOOD, Map.of("otp", code)).expectStatus().isCreated();
		refused(logIn(GOOD, Map.of("otp", code)), 401, "log-in-failed");
		this.clock.advance(Duration.ofMinutes(16));
		logIn(GOOD, Map.of("recoveryCode", recovery.getFirst())).expectStatus().isCreated();
		refused(logIn(GOOD, Map.of("recoveryCode", recovery.getFirst())), 401, "log-in-failed");
	}

	@Test
	void aWrongPasswordDoesNotTellWhetherACodeIsAskedFor() {
		enrol(settled());
		refused(logIn("wrong"), 401, "log-in-failed");
		refused(logIn("wrong", Map.of("otp", code(1))), 401, "log-in-failed");
	}

	@Test
	void theCodeThatConfirmedIsNotGoodAgain() {
		String token = settled();
		sendTo("/api/admin/v1/sessions/current/totp", "POST", bearer(token), Map.of("password", GOOD));
		String code = code(0);
		put(token, "totp", Map.of("otp", code)).expectStatus().isOk();
		refused(logIn(GOOD, Map.of("otp", code)), 401, "log-in-failed");
		put(token, "totp", Map.of("otp", code(1))).expectStatus().isEqualTo(409);
	}

	@Test
	void whoLostThePhoneIsLetInByAnAdministrator() {
		enrol(settled());
		admin("POST", "/" + this.id + "/totp-removal", null).expectStatus().isNoContent();
		logIn(GOOD).expectStatus().isCreated();
	}

	@Test
	void neitherSecretsNorCodesAreStored() {
		String token = settled();
		Map<?, ?> offer = body(
				sendTo("/api/admin/v1/sessions/current/totp", "POST", bearer(token), Map.of("password", GOOD))
					.expectStatus()
					.isCreated());
		put(token, "totp", Map.of("otp", code(0))).expectStatus().isOk();
		byte[] sealed = Objects.requireNonNull(this.codes.find(this.id).block(TIMEOUT)).sealed();
		Totp totp = this.secrets.open(sealed);
		assertThat(totp.base32()).isEqualTo(offer.get("secret"));
		assertThat(new String(sealed, StandardCharsets.ISO_8859_1))
			.doesNotContain(new String(totp.secret(), StandardCharsets.ISO_8859_1));
	}

	@Test
	void everyChangeIsInTheAudit() {
		settled();
		change(Map.of("displayName", "测试编辑", "roles", List.of("AUTHOR", "PUBLISHER"), "active", true)).expectStatus()
			.isOk();
		List<String> actions = this.database.sql("SELECT action FROM audit_entry WHERE subject = :id ORDER BY id")
			.bind("id", this.id.toString())
			.mapValue(String.class)
			.all()
			.collectList()
			.block(TIMEOUT);
		assertThat(actions).containsExactly("staff.open", "staff.password-change", "staff.change");
	}

	private String settled() {
		return token(logIn(this.initial, Map.of("newPassword", GOOD)));
	}

	private List<String> enrol(String token) {
		Map<?, ?> offer = body(
				sendTo("/api/admin/v1/sessions/current/totp", "POST", bearer(token), Map.of("password", GOOD))
					.expectStatus()
					.isCreated());
		assertThat(String.valueOf(offer.get("uri"))).startsWith("otpauth://totp/");
		put(token, "totp", Map.of("otp", "000000")).expectStatus().isEqualTo(422);
		List<?> recovery = (List<?>) body(put(token, "totp", Map.of("otp", code(0))).expectStatus().isOk())
			.get("codes");
		assertThat(recovery).hasSize(10);
		return Objects.requireNonNull(recovery).stream().map(String::valueOf).toList();
	}

	/** Of this moment or some steps later. */
	private String code(int stepsAhead) {
		byte[] sealed = Objects.requireNonNull(this.codes.find(this.id).block(TIMEOUT)).sealed();
		return this.secrets.open(sealed).code(this.clock.instant().getEpochSecond() / 30 + stepsAhead);
	}

	private UUID unit() {
		return Objects.requireNonNull(this.database.sql("SELECT id FROM unit WHERE key = :key")
			.bind("key", "audit")
			.mapValue(UUID.class)
			.one()
			.block(TIMEOUT));
	}

	private String etag() {
		return Objects.requireNonNull(admin("GET", "/" + this.id, null).expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseHeaders()
			.getETag());
	}

	private WebTestClient.ResponseSpec change(Map<String, Object> body) {
		return change(this.sessions.staff("ADMIN"), body, etag());
	}

	private WebTestClient.ResponseSpec change(Consumer<HttpHeaders> caller, Map<String, Object> body, String etag) {
		return this.client.put()
			.uri("/api/admin/v1/staff/" + this.id)
			.headers(caller)
			.header("If-Match", etag)
			.bodyValue(body)
			.exchange();
	}

	private WebTestClient.ResponseSpec admin(String method, String path, @Nullable Object body) {
		return send(method, path, this.sessions.staff("ADMIN"), body);
	}

	private WebTestClient.ResponseSpec send(String method, String path, Consumer<HttpHeaders> caller,
			@Nullable Object body) {
		return sendTo("/api/admin/v1/staff" + path, method, caller, body);
	}

	private WebTestClient.ResponseSpec sendTo(String path, String method, Consumer<HttpHeaders> caller,
			@Nullable Object body) {
		WebTestClient.RequestBodySpec request = this.client.method(HttpMethod.valueOf(method))
			.uri(path)
			.headers(caller);
		return (body != null) ? request.bodyValue(body).exchange() : request.exchange();
	}

	private WebTestClient.ResponseSpec put(String token, String what, Object body) {
		return sendTo("/api/admin/v1/sessions/current/" + what, "PUT", bearer(token), body);
	}

	private WebTestClient.ResponseSpec delete(String path, Consumer<HttpHeaders> caller) {
		return sendTo(path, "DELETE", caller, null);
	}

	private WebTestClient.ResponseSpec as(String token, String path) {
		return sendTo(path, "GET", bearer(token), null);
	}

	private static Consumer<HttpHeaders> bearer(String token) {
		return (headers) -> headers.setBearerAuth(token);
	}

	private WebTestClient.ResponseSpec logIn(String password) {
		return logIn(password, Map.of());
	}

	private WebTestClient.ResponseSpec logIn(String password, Map<String, String> more) {
		Map<String, String> body = new LinkedHashMap<>(more);
		body.put("username", this.username);
		body.put("password", password);
		return this.client.post().uri("/api/admin/v1/sessions").bodyValue(body).exchange();
	}

	private static String token(WebTestClient.ResponseSpec answer) {
		return String.valueOf(body(answer.expectStatus().isCreated()).get("token"));
	}

	private static void refused(WebTestClient.ResponseSpec answer, int status, String problem) {
		answer.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:qingfeng:problem:" + problem);
	}

	private static Map<?, ?> body(WebTestClient.ResponseSpec answer) {
		return Objects.requireNonNull(answer.expectBody(Map.class).returnResult().getResponseBody());
	}

}
