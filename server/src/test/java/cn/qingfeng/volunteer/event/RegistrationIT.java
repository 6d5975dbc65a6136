package cn.qingfeng.volunteer.event;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestClock;
import cn.qingfeng.TestSessions;
import cn.qingfeng.volunteer.VolunteerFixtures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class RegistrationIT {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private TestClock clock;

	@LocalServerPort
	private int port;

	private VolunteerFixtures volunteers;

	@BeforeEach
	void setUp() {
		this.volunteers = new VolunteerFixtures(this.client, this.sessions, this.clock);
	}

	@AfterEach
	void itIsNowAgain() {
		this.clock.reset();
	}

	@Test
	void twoHundredAtOnceFillTwentyPlacesAndTheRestWaitInOrder() {
		String event = upcoming(20);
		List<Consumer<HttpHeaders>> members = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			members.add(this.volunteers.member());
		}
		WebClient web = WebClient.create("http://127.0.0.1:" + this.port);
		List<Integer> answers = Flux.fromIterable(members)
			.flatMap((member) -> registered(web, event, member), 100)
			.collectList()
			.blockOptional(PATIENCE)
			.orElseThrow();
		assertThat(answers).hasSize(200).containsOnly(200);
		List<Map<String, Object>> places = members.stream().map((member) -> place(event, member)).toList();
		assertThat(places).filteredOn((place) -> "CONFIRMED".equals(place.get("state"))).hasSize(20);
		assertThat(places.stream().filter((place) -> "WAITLISTED".equals(place.get("state"))))
			.extracting((place) -> (Integer) place.get("position"))
			.doesNotHaveDuplicates()
			.hasSize(180)
			.allMatch((position) -> position >= 1 && position <= 180);
		assertThat(this.volunteers.staffView("/events/" + event)).containsEntry("confirmed", 20)
			.containsEntry("waitlisted", 180);
	}

	@Test
	void aFreedPlaceGoesToWhoHasWaitedLongest() {
		String event = upcoming(1);
		Consumer<HttpHeaders> first = registered(event);
		Consumer<HttpHeaders> second = registered(event);
		Consumer<HttpHeaders> third = registered(event);
		assertThat(place(event, second)).containsEntry("state", "WAITLISTED").containsEntry("position", 1);
		assertThat(place(event, third)).containsEntry("position", 2);
		withdraw(event, first);
		assertThat(place(event, second)).containsEntry("state", "CONFIRMED");
		assertThat(place(event, third)).containsEntry("state", "WAITLISTED").containsEntry("position", 1);
		withdraw(event, second);
		assertThat(place(event, third)).containsEntry("state", "CONFIRMED");
	}

	@Test
	void whoSignsUpAgainKeepsThePlaceAndWhoComesBackStandsLast() {
		String event = upcoming(1);
		registered(event);
		Consumer<HttpHeaders> second = registered(event);
		Consumer<HttpHeaders> third = registered(event);
		this.volunteers.register(event, second);
		assertThat(place(event, second)).containsEntry("position", 1);
		withdraw(event, second);
		this.volunteers.register(event, second);
		assertThat(place(event, third)).containsEntry("position", 1);
		assertThat(place(event, second)).containsEntry("position", 2);
	}

	@Test
	void withdrawingWithoutAPlaceChangesNothing() {
		String event = upcoming(1);
		withdraw(event, this.volunteers.member());
		assertThat(this.volunteers.staffView("/events/" + event)).containsEntry("confirmed", 0);
	}

	@Test
	void moreCapacityLetsThoseWhoWaitMoveUp() {
		String event = upcoming(1);
		registered(event);
		Consumer<HttpHeaders> second = registered(event);
		Consumer<HttpHeaders> third = registered(event);
		Instant now = this.clock.instant();
		Map<String, Object> draft = VolunteerFixtures.draft(2, now.plus(Duration.ofDays(1)),
				now.plus(Duration.ofDays(2)));
		this.volunteers.ok(HttpMethod.PUT, "/api/admin/v1/events/" + event,
				this.volunteers.organiser.andThen((headers) -> headers.setIfMatch("\"0\"")), draft, 200);
		assertThat(place(event, second)).containsEntry("state", "CONFIRMED");
		assertThat(place(event, third)).containsEntry("position", 1);
		assertThat(this.volunteers.problem(HttpMethod.PUT, "/api/admin/v1/events/" + event,
				this.volunteers.organiser.andThen((headers) -> headers.setIfMatch("\"0\"")), draft, 412))
			.isEqualTo("stale-version");
	}

	@Test
	void afterTheEndOrACancellationNobodySignsUp() {
		Instant now = this.clock.instant();
		String past = this.volunteers.event(5, now.minus(Duration.ofHours(3)), now.minus(Duration.ofHours(1)));
		assertThat(register(past, 409)).isEqualTo("registration-closed");
		String cancelled = upcoming(5);
		Map<String, Object> draft = VolunteerFixtures.draft(5, now.plus(Duration.ofDays(1)),
				now.plus(Duration.ofDays(2)));
		draft.put("cancelled", true);
		this.volunteers.ok(HttpMethod.PUT, "/api/admin/v1/events/" + cancelled,
				this.volunteers.organiser.andThen((headers) -> headers.setIfMatch("\"0\"")), draft, 200);
		assertThat(register(cancelled, 409)).isEqualTo("registration-closed");
		assertThat(register(UUID.randomUUID().toString(), 404)).isEqualTo("not-found");
	}

	@Test
	void anEventMustEndAfterItBegins() {
		Instant now = this.clock.instant();
		assertThat(this.volunteers.problem(HttpMethod.POST, "/api/admin/v1/events", this.volunteers.organiser,
				VolunteerFixtures.draft(5, now, now), 422))
			.isEqualTo("invalid-request");
	}

	@Test
	void eventsAreListedByStateAndPageByKey() {
		Consumer<HttpHeaders> member = this.volunteers.member();
		String later = upcoming(3);
		this.volunteers.register(later, member);
		List<Object> seen = new ArrayList<>();
		Object cursor = null;
		do {
			Map<String, Object> page = this.volunteers.ok(HttpMethod.GET,
					"/api/v1/events?state=upcoming&limit=2" + ((cursor != null) ? "&cursor=" + cursor : ""), member,
					null, 200);
			((List<?>) page.get("items")).forEach((item) -> seen.add(((Map<?, ?>) item).get("id")));
			cursor = page.get("nextCursor");
		}
		while (cursor != null);
		assertThat(seen).contains(later).doesNotHaveDuplicates();
		for (String state : List.of("ongoing", "past", "cancelled")) {
			assertThat(String.valueOf(
					this.volunteers.ok(HttpMethod.GET, "/api/v1/events?limit=100&state=" + state, member, null, 200)))
				.doesNotContain(later);
		}
	}

	private String register(String event, int status) {
		return this.volunteers.problem(HttpMethod.PUT, "/api/v1/events/" + event + "/registration",
				this.volunteers.member(), null, status);
	}

	private static Mono<Integer> registered(WebClient web, String event, Consumer<HttpHeaders> member) {
		return web.put()
			.uri("/api/v1/events/{id}/registration", event)
			.headers(member)
			.exchangeToMono((answer) -> answer.releaseBody().thenReturn(answer.statusCode().value()));
	}

	private Consumer<HttpHeaders> registered(String event) {
		Consumer<HttpHeaders> member = this.volunteers.member();
		this.volunteers.register(event, member);
		return member;
	}

	private void withdraw(String event, Consumer<HttpHeaders> member) {
		this.volunteers.call(HttpMethod.DELETE, "/api/v1/events/" + event + "/registration", member, null)
			.expectStatus()
			.isNoContent();
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> place(String event, Consumer<HttpHeaders> member) {
		return (Map<String, Object>) this.volunteers.ok(HttpMethod.GET, "/api/v1/events/" + event, member, null, 200)
			.get("registration");
	}

	private String upcoming(int capacity) {
		Instant now = this.clock.instant();
		return this.volunteers.event(capacity, now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(2)));
	}

}
