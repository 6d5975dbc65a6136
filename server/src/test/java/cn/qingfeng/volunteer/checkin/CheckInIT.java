package cn.qingfeng.volunteer.checkin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestSessions;
import cn.qingfeng.platform.time.BusinessTime;
import cn.qingfeng.volunteer.VolunteerFixtures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class CheckInIT {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TestClock clock;

	@Autowired
	private DatabaseClient database;

	@LocalServerPort
	private int port;

	private VolunteerFixtures volunteers;

	private UUID memberId;

	private Consumer<HttpHeaders> member;

	private String event;

	@BeforeEach
	void aRegisteredMember() {
		this.clock.setTo("2026-12-12T10:00:02");
		this.volunteers = new VolunteerFixtures(this.client, this.sessions, this.clock);
		this.memberId = UUID.randomUUID();
		this.member = this.sessions.member(UUID.randomUUID(), this.memberId);
		this.event = this.volunteers.ongoing(5);
		this.volunteers.register(this.event, this.member);
	}

	@AfterEach
	void itIsNowAgain() {
		this.clock.reset();
	}

	@Test
	void aMemberWhoComesAndGoesHasHours() {
		checkIn(UUID.randomUUID(), "IN", 201);
		assertThat(event()).containsEntry("checkedIn", true).containsEntry("checkedOut", false);
		assertThat(service()).containsEntry("hours", 0.0)
			.hasEntrySatisfying("pendingHours", (pending) -> assertThat((double) pending).isBetween(1.9, 2.0));
		this.clock.advance(Duration.ofMinutes(90));
		checkIn(UUID.randomUUID(), "OUT", 201);
		assertThat(service()).containsEntry("hours", 1.5).containsEntry("pendingHours", 0.0);
	}

	@Test
	void twentyTapsAtOnceAreOneCheckIn() {
		Map<String, Object> report = this.volunteers.report(UUID.randomUUID(), "IN", code());
		WebClient web = WebClient.create("http://127.0.0.1:" + this.port);
		List<Integer> answers = Flux.range(0, 20)
			.flatMap((i) -> web.post()
				.uri("/api/v1/events/{id}/check-ins", this.event)
				.headers(this.member)
				.bodyValue(report)
				.exchangeToMono((answer) -> answer.releaseBody().thenReturn(answer.statusCode().value())), 20)
			.collectList()
			.blockOptional(PATIENCE)
			.orElseThrow();
		assertThat(answers).hasSize(20).containsOnly(200, 201).containsOnlyOnce(201);
		assertThat(rows()).isEqualTo(1);
	}

	@Test
	void anotherReportOfTheSameKindIsRefused() {
		checkIn(UUID.randomUUID(), "IN", 201);
		assertThat(refused(UUID.randomUUID(), "IN", code())).isEqualTo("already-checked-in");
		assertThat(rows()).isEqualTo(1);
	}

	@Test
	void aRepeatedReportNeedsNoFreshCode() {
		UUID id = UUID.randomUUID();
		Map<String, Object> report = this.volunteers.report(id, "IN", code());
		this.volunteers.ok(HttpMethod.POST, path(), this.member, report, 201);
		this.clock.advance(Duration.ofMinutes(5));
		this.volunteers.ok(HttpMethod.POST, path(), this.member, report, 200);
	}

	@Test
	void anOldCodeIsRefusedAfterOneStepOfGrace() {
		String code = code();
		this.clock.advance(Duration.ofSeconds(15));
		checkIn(UUID.randomUUID(), "IN", code, 201);
		this.clock.advance(Duration.ofSeconds(15));
		assertThat(refused(UUID.randomUUID(), "OUT", code)).isEqualTo("code-expired");
		String wrong = "%06d".formatted((Integer.parseInt(code()) + 1) % 1_000_000);
		assertThat(refused(UUID.randomUUID(), "OUT", wrong)).isEqualTo("code-expired");
	}

	@Test
	void aCodeOfAnotherEventIsNone() {
		assertThat(refused(UUID.randomUUID(), "IN", this.volunteers.code(this.volunteers.ongoing(5))))
			.isEqualTo("code-expired");
	}

	@Test
	void whoIsNotRegisteredOrStillWaitsDoesNotCheckIn() {
		String full = this.volunteers.ongoing(1);
		this.volunteers.register(full, this.volunteers.member());
		this.volunteers.register(full, this.member);
		Map<String, Object> report = this.volunteers.report(UUID.randomUUID(), "IN", this.volunteers.code(full));
		assertThat(this.volunteers.problem(HttpMethod.POST, "/api/v1/events/" + full + "/check-ins", this.member,
				report, 409))
			.isEqualTo("not-registered");
		assertThat(this.volunteers.problem(HttpMethod.POST, path(), this.volunteers.member(),
				this.volunteers.report(UUID.randomUUID(), "IN", code()), 409))
			.isEqualTo("not-registered");
	}

	@Test
	void longBeforeAndAfterTheEventNobodyChecksIn() {
		this.clock.advance(Duration.ofHours(5));
		assertThat(refused(UUID.randomUUID(), "IN", code())).isEqualTo("check-in-closed");
		this.clock.advance(Duration.ofHours(-8));
		assertThat(refused(UUID.randomUUID(), "IN", code())).isEqualTo("check-in-closed");
	}

	@Test
	void whoHasCheckedInDoesNotWithdraw() {
		checkIn(UUID.randomUUID(), "IN", 201);
		assertThat(this.volunteers.problem(HttpMethod.DELETE, "/api/v1/events/" + this.event + "/registration",
				this.member, null, 409))
			.isEqualTo("checked-in-already-registered");
	}

	@Test
	void anUploadInAnyOrderAndTwiceEndsTheSame() {
		Map<String, Object> in = offline("IN");
		this.clock.advance(Duration.ofHours(1));
		Map<String, Object> out = offline("OUT");
		this.clock.advance(Duration.ofHours(10));
		List<Map<String, Object>> items = new ArrayList<>(List.of(in, out));
		Collections.reverse(items);
		assertThat(upload(items)).containsExactly("RECORDED", "RECORDED");
		Map<String, Object> once = service();
		Collections.reverse(items);
		assertThat(upload(items)).containsExactly("REPEATED", "REPEATED");
		assertThat(service()).isEqualTo(once).containsEntry("hours", 1.0);
		assertThat(rows()).isEqualTo(2);
	}

	@Test
	void whatCannotBeIsRefusedOneByOne() {
		Map<String, Object> good = offline("IN");
		Map<String, Object> wrongCode = offline("OUT");
		wrongCode.put("code", "%06d".formatted((Integer.parseInt(code()) + 1) % 1_000_000));
		Map<String, Object> unknownEvent = offline("OUT");
		unknownEvent.put("eventId", UUID.randomUUID());
		Map<String, Object> future = offline("OUT");
		future.put("at", BusinessTime.at(this.clock.instant().plus(Duration.ofHours(1))).toString());
		assertThat(upload(List.of(wrongCode, good, unknownEvent, future))).containsExactly("REFUSED", "RECORDED",
				"REFUSED", "REFUSED");
	}

	@Test
	void afterThreeDaysAnUploadIsTooLate() {
		Map<String, Object> in = offline("IN");
		this.clock.advance(Duration.ofDays(4));
		assertThat(upload(List.of(in))).containsExactly("REFUSED");
	}

	@Test
	void nonsenseIsNamed() {
		for (Map<String, Object> wrong : List.of(with("code", "12345"), with("code", "abcdef"), with("kind", "STAY"),
				with("id", "x"), with("at", "yesterday"), with("unknown", 1))) {
			assertThat(this.volunteers.problem(HttpMethod.POST, path(), this.member, wrong, 422))
				.isEqualTo("invalid-request");
		}
		assertThat(this.volunteers.problem(HttpMethod.POST, "/api/v1/check-ins", this.member,
				Map.of("items", List.of()), 422))
			.isEqualTo("invalid-request");
		assertThat(rows()).isZero();
	}

	@Test
	void anOrganiserCorrectsAndTheTrailStays() {
		checkIn(UUID.randomUUID(), "IN", 201);
		String path = "/api/admin/v1/events/" + this.event + "/attendance/" + this.memberId;
		String from = BusinessTime.at(this.clock.instant().minus(Duration.ofMinutes(30))).toString();
		String to = BusinessTime.at(this.clock.instant().plus(Duration.ofMinutes(30))).toString();
		assertThat(this.volunteers.ok(HttpMethod.PATCH, path, this.volunteers.organiser,
				Map.of("checkedInAt", from, "checkedOutAt", to, "reason", "忘记签退"), 200))
			.containsEntry("hours", 1.0)
			.containsEntry("corrected", true);
		assertThat(service()).containsEntry("hours", 1.0).containsEntry("pendingHours", 0.0);
		assertThat(this.volunteers.problem(HttpMethod.PATCH, path, this.volunteers.organiser,
				Map.of("checkedInAt", to, "checkedOutAt", from, "reason", "写反了"), 422))
			.isEqualTo("invalid-request");
		assertThat(rows()).isEqualTo(1);
		assertThat(this.database
			.sql("SELECT count(*) FROM audit_entry WHERE action = 'attendance.correct' AND subject LIKE :event")
			.bind("event", this.event + "%")
			.mapValue(Long.class)
			.one()
			.block(PATIENCE)).isEqualTo(1);
	}

	@Test
	void onlySomebodyWhoWasThereIsCorrected() {
		assertThat(
				this.volunteers
					.problem(HttpMethod.PATCH,
							"/api/admin/v1/events/" + this.event + "/attendance/" + UUID.randomUUID(),
							this.volunteers.organiser, Map.of("checkedInAt", "2026-12-12T10:00:00+08:00",
									"checkedOutAt", "2026-12-12T11:00:00+08:00", "reason", "补记"),
							404))
			.isEqualTo("not-found");
	}

	@Test
	void theOrganiserSeesWhoCame() {
		checkIn(UUID.randomUUID(), "IN", 201);
		Map<String, Object> page = this.volunteers.staffView("/events/" + this.event + "/attendance");
		assertThat((List<?>) page.get("items")).singleElement().satisfies((row) -> {
			Map<?, ?> attendance = (Map<?, ?>) row;
			assertThat(attendance.get("memberId")).isEqualTo(this.memberId.toString());
			assertThat(attendance.get("name")).isNotNull();
			assertThat(attendance.get("registration")).isEqualTo("CONFIRMED");
			assertThat(attendance.get("checkedInAt")).isNotNull();
			assertThat(attendance.get("hours")).isNull();
		});
	}

	private Map<String, Object> with(String field, Object value) {
		Map<String, Object> report = this.volunteers.report(UUID.randomUUID(), "IN", code());
		report.put(field, value);
		return report;
	}

	private Map<String, Object> offline(String kind) {
		Map<String, Object> report = this.volunteers.report(UUID.randomUUID(), kind, code());
		report.put("eventId", this.event);
		return report;
	}

	private List<Object> upload(List<Map<String, Object>> items) {
		Map<String, Object> answer = this.volunteers.ok(HttpMethod.POST, "/api/v1/check-ins", this.member,
				Map.of("items", items), 200);
		List<Object> states = new ArrayList<>();
		((List<?>) Objects.requireNonNull(answer.get("results")))
			.forEach((result) -> states.add(((Map<?, ?>) result).get("state")));
		return states;
	}

	private void checkIn(UUID id, String kind, int status) {
		checkIn(id, kind, code(), status);
	}

	private void checkIn(UUID id, String kind, String code, int status) {
		this.volunteers.ok(HttpMethod.POST, path(), this.member, this.volunteers.report(id, kind, code), status);
	}

	private String refused(UUID id, String kind, String code) {
		return this.volunteers.problem(HttpMethod.POST, path(), this.member, this.volunteers.report(id, kind, code),
				409);
	}

	private String code() {
		return this.volunteers.code(this.event);
	}

	private String path() {
		return "/api/v1/events/" + this.event + "/check-ins";
	}

	private Map<String, Object> event() {
		return this.volunteers.ok(HttpMethod.GET, "/api/v1/events/" + this.event, this.member, null, 200);
	}

	private Map<String, Object> service() {
		return this.volunteers.ok(HttpMethod.GET, "/api/v1/me/service", this.member, null, 200);
	}

	private long rows() {
		return this.database.sql("SELECT count(*) FROM check_in WHERE event_id = :event AND member_id = :member")
			.bind("event", UUID.fromString(this.event))
			.bind("member", this.memberId)
			.mapValue(Long.class)
			.one()
			.blockOptional(PATIENCE)
			.orElseThrow();
	}

}
