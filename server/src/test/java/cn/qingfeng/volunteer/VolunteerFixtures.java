package cn.qingfeng.volunteer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.TestSessions;
import cn.qingfeng.platform.time.BusinessTime;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Organisers, members and events of one test.
 */
public final class VolunteerFixtures {

	private final WebTestClient client;

	private final TestSessions sessions;

	private final Clock clock;

	public final Consumer<HttpHeaders> organiser;

	public VolunteerFixtures(WebTestClient client, TestSessions sessions, Clock clock) {
		this.client = client;
		this.sessions = sessions;
		this.clock = clock;
		this.organiser = sessions.staff("ORGANISER");
	}

	public Consumer<HttpHeaders> member() {
		return this.sessions.member(UUID.randomUUID(), UUID.randomUUID());
	}

	/** An event that began an hour ago and lasts two more. */
	public String ongoing(int capacity) {
		Instant now = this.clock.instant();
		return event(capacity, now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(2)));
	}

	public String event(int capacity, Instant startsAt, Instant endsAt) {
		return String
			.valueOf(ok(HttpMethod.POST, "/api/admin/v1/events", this.organiser, draft(capacity, startsAt, endsAt), 201)
				.get("id"));
	}

	public static Map<String, Object> draft(int capacity, Instant startsAt, Instant endsAt) {
		return new HashMap<>(Map.of("title", "社区清扫", "description", "带好手套。", "place", "清风社区", "capacity", capacity,
				"startsAt", BusinessTime.at(startsAt).toString(), "endsAt", BusinessTime.at(endsAt).toString()));
	}

	public void register(String event, Consumer<HttpHeaders> member) {
		ok(HttpMethod.PUT, "/api/v1/events/" + event + "/registration", member, null, 200);
	}

	/** The code on the organiser's screen now. */
	public String code(String event) {
		return String
			.valueOf(ok(HttpMethod.GET, "/api/admin/v1/events/" + event + "/presence-code", this.organiser, null, 200)
				.get("code"));
	}

	public Map<String, Object> report(UUID id, String kind, String code) {
		return new HashMap<>(
				Map.of("id", id, "kind", kind, "code", code, "at", BusinessTime.at(this.clock.instant()).toString()));
	}

	public Map<String, Object> staffView(String path) {
		return ok(HttpMethod.GET, "/api/admin/v1" + path, this.organiser, null, 200);
	}

	public WebTestClient.ResponseSpec call(HttpMethod method, String path, Consumer<HttpHeaders> who,
			@Nullable Object body) {
		WebTestClient.RequestBodySpec request = this.client.method(method).uri(path).headers(who);
		return (body != null) ? request.bodyValue(body).exchange() : request.exchange();
	}

	@SuppressWarnings("unchecked")
	public Map<String, Object> ok(HttpMethod method, String path, Consumer<HttpHeaders> who, @Nullable Object body,
			int status) {
		return Objects.requireNonNull(call(method, path, who, body).expectStatus()
			.isEqualTo(status)
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody());
	}

	public String problem(HttpMethod method, String path, Consumer<HttpHeaders> who, @Nullable Object body,
			int status) {
		return String.valueOf(ok(method, path, who, body, status).get("type")).replace("urn:qingfeng:problem:", "");
	}

}
