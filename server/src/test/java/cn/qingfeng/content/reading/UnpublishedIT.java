package cn.qingfeng.content.reading;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestSessions;
import cn.qingfeng.content.ContentFixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is not published, or not any more, by every way that leads to an article.
 */
@QingfengIT
class UnpublishedIT {

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	private ContentFixtures content;

	private Consumer<HttpHeaders> member;

	/** A word that is in no other article. */
	private String word;

	private String article;

	private String path;

	@BeforeEach
	void anArticle() {
		this.content = new ContentFixtures(this.client, this.sessions);
		this.member = this.sessions.member(UUID.randomUUID(), UUID.randomUUID());
		this.word = "w" + UUID.randomUUID().toString().substring(0, 8);
		this.article = this.content.article("未发布 " + this.word, "<p>" + this.word + "</p>");
		this.path = "/articles/" + this.article;
	}

	@Test
	void beforeItIsPublishedNoWayLeadsToIt() {
		nowhere();
		ContentFixtures.ok(this.content.post(this.path + "/submission", this.content.author, null), 200);
		nowhere();
		for (int stage = 1; stage <= 3; stage++) {
			ContentFixtures.ok(this.content.review(this.path, stage, "approve"), 201);
			nowhere();
		}
		ContentFixtures.ok(this.content.post(this.path + "/publication", this.content.publisher, null), 200);
		assertThat(status(HttpMethod.GET, "/api/v1" + this.path)).isEqualTo(200);
		assertThat(texts()).allMatch((text) -> text.contains(this.word));
	}

	@Test
	void afterItsRecallNoWayLeadsToItAndNoCacheKeepsIt() {
		this.content.approve(this.path);
		ContentFixtures.ok(this.content.post(this.path + "/publication", this.content.publisher, null), 200);
		String etag = String.valueOf(this.client.get()
			.uri("/api/v1" + this.path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseHeaders()
			.getETag());
		send(HttpMethod.PUT, "/api/v1" + this.path + "/favourite").expectStatus().isNoContent();
		ContentFixtures.ok(this.content.post(this.path + "/recall", this.content.publisher, Map.of("reason", "引文有误")),
				200);
		await().atMost(Duration.ofSeconds(10)).untilAsserted(this::nowhere);
		this.client.get()
			.uri("/api/v1" + this.path)
			.header(HttpHeaders.IF_NONE_MATCH, etag)
			.exchange()
			.expectStatus()
			.isNotFound();
		this.client.get()
			.uri("/api/v1/me/favourites")
			.headers(this.member)
			.exchange()
			.expectBody(String.class)
			.value((text) -> assertThat(text).doesNotContain(this.word));
	}

	private void nowhere() {
		for (String way : List.of("/api/v1/articles/" + this.article, "/a/" + this.article,
				"/api/v1/articles/" + this.article + "?preview=true",
				"/api/v1/articles/" + this.article.toUpperCase(Locale.ROOT))) {
			assertThat(status(HttpMethod.GET, way)).as(way).isEqualTo(404);
		}
		assertThat(status(HttpMethod.HEAD, "/api/v1/articles/" + this.article)).isEqualTo(404);
		send(HttpMethod.PUT, "/api/v1" + this.path + "/favourite").expectStatus().isNotFound();
		send(HttpMethod.GET, "/api/v1" + this.path + "/position").expectStatus().isNotFound();
		this.client.put()
			.uri("/api/v1" + this.path + "/position")
			.headers(this.member)
			.bodyValue(Map.of("paragraph", 1))
			.exchange()
			.expectStatus()
			.isNotFound();
		assertThat(texts()).noneMatch((text) -> text.contains(this.word));
	}

	/** What lists and the search tell. */
	private List<String> texts() {
		return List.of(text("/api/v1/articles?limit=100"), text("/api/v1/articles?limit=100&q=" + this.word),
				text("/api/v1/articles?limit=100&column=integrity-stories"));
	}

	private String text(String uri) {
		String text = this.client.get().uri(uri).exchange().expectBody(String.class).returnResult().getResponseBody();
		return String.valueOf(text);
	}

	private int status(HttpMethod method, String uri) {
		return this.client.method(method).uri(uri).exchange().expectBody().returnResult().getStatus().value();
	}

	private WebTestClient.ResponseSpec send(HttpMethod method, String uri) {
		return this.client.method(method).uri(uri).headers(this.member).exchange();
	}

}
