package cn.qingfeng.content;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.TestSessions;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * People who write, review and publish, and what they do over HTTP. Each test has its own
 * people.
 */
public final class ContentFixtures {

	public static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String ADMIN = "/api/admin/v1";

	private final WebTestClient client;

	public final Consumer<HttpHeaders> author;

	public final List<Consumer<HttpHeaders>> reviewers;

	public final Consumer<HttpHeaders> publisher;

	public ContentFixtures(WebTestClient client, TestSessions sessions) {
		this.client = client;
		this.author = sessions.staff("AUTHOR");
		this.reviewers = List.of(sessions.staff("REVIEWER_1"), sessions.staff("REVIEWER_2"),
				sessions.staff("REVIEWER_3"));
		this.publisher = sessions.staff("PUBLISHER");
	}

	public static Map<String, Object> draft(String title, String html) {
		return new HashMap<>(Map.of("title", title, "column", "integrity-stories", "summary", "摘要", "author", "清风编辑部",
				"html", html, "sources", List.of("《清贫》，人民出版社")));
	}

	/** A new draft of the author. */
	public String article(String title, String html) {
		return text(ok(post("/articles", this.author, draft(title, html)), 201), "id");
	}

	/** An article that is out. */
	public String published(String title, String html) {
		String id = article(title, html);
		approve("/articles/" + id);
		ok(post("/articles/" + id + "/publication", this.publisher, null), 200);
		return id;
	}

	/** Hands in and has three people approve. */
	public void approve(String path) {
		ok(post(path + "/submission", this.author, null), 200);
		for (int stage = 1; stage <= 3; stage++) {
			ok(review(path, stage, "approve"), 201);
		}
	}

	public WebTestClient.ResponseSpec review(String path, int stage, String verdict) {
		return review(path, stage, verdict, hash(path), this.reviewers.get(stage - 1));
	}

	public WebTestClient.ResponseSpec review(String path, int stage, String verdict, String hash,
			Consumer<HttpHeaders> reviewer) {
		return post(path + "/reviews", reviewer, Map.of("stage", stage, "verdict", verdict, "contentHash", hash));
	}

	public String hash(String path) {
		return text(get(path), "contentHash");
	}

	public String state(String path) {
		return text(get(path), "state");
	}

	public Map<String, Object> get(String path) {
		return ok(this.client.get().uri(ADMIN + path).headers(this.author).exchange(), 200);
	}

	public WebTestClient.ResponseSpec post(String path, Consumer<HttpHeaders> who, @Nullable Object body) {
		WebTestClient.RequestBodySpec request = this.client.post().uri(ADMIN + path).headers(who);
		return (body != null) ? request.bodyValue(body).exchange() : request.exchange();
	}

	public WebTestClient.ResponseSpec put(String path, Consumer<HttpHeaders> who, String ifMatch, Object body) {
		return this.client.put()
			.uri(ADMIN + path)
			.headers(who)
			.header(HttpHeaders.IF_MATCH, ifMatch)
			.bodyValue(body)
			.exchange();
	}

	/** What a problem is called. */
	public static String problem(WebTestClient.ResponseSpec response, int status) {
		return text(ok(response, status), "type").replace("urn:qingfeng:problem:", "");
	}

	@SuppressWarnings("unchecked")
	public static Map<String, Object> ok(WebTestClient.ResponseSpec response, int status) {
		return Objects.requireNonNull(
				response.expectStatus().isEqualTo(status).expectBody(Map.class).returnResult().getResponseBody());
	}

	public static String text(Map<String, Object> answer, String field) {
		return String.valueOf(answer.get(field));
	}

	public static UUID id(Map<String, Object> answer, String field) {
		return UUID.fromString(text(answer, field));
	}

}
