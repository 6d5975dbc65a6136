package cn.qingfeng.content.article;

import java.time.Duration;
import java.util.List;
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
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QingfengIT
class ArticleReviewIT {

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	private ContentFixtures content;

	private String article;

	private String path;

	@BeforeEach
	void aDraft() {
		this.content = new ContentFixtures(this.client, this.sessions);
		this.article = this.content.article("清贫", "<p>清贫，洁白朴素的生活。</p>");
		this.path = "/articles/" + this.article;
	}

	@Test
	void threeDifferentPeopleSignThenItIsPublishedAndRead() {
		anonymous(404);
		this.content.approve(this.path);
		assertThat(this.content.state(this.path)).isEqualTo("APPROVED");
		assertThat(this.content.get(this.path + "/review-chain")).containsEntry("complete", true);
		anonymous(404);
		assertThat(ContentFixtures.ok(this.content.post(this.path + "/publication", this.content.publisher, null), 200))
			.containsEntry("state", "PUBLISHED");
		assertThat(anonymous(200)).containsEntry("title", "清贫").containsEntry("html", "<p>清贫，洁白朴素的生活。</p>");
	}

	@Test
	void nobodyReviewsTwiceNorTheirOwn() {
		UUID both = UUID.randomUUID();
		Consumer<HttpHeaders> all = this.sessions.staff(both, "AUTHOR", "REVIEWER_1", "REVIEWER_2", "REVIEWER_3");
		String own = ContentFixtures.text(
				ContentFixtures.ok(this.content.post("/articles", all, ContentFixtures.draft("自己的", "<p>x</p>")), 201),
				"id");
		ContentFixtures.ok(this.content.post("/articles/" + own + "/submission", all, null), 200);
		String ownHash = this.content.hash("/articles/" + own);
		assertThat(ContentFixtures.problem(this.content.review("/articles/" + own, 1, "approve", ownHash, all), 409))
			.isEqualTo("own-work");
		submitted();
		String hash = this.content.hash(this.path);
		ContentFixtures.ok(this.content.review(this.path, 1, "approve", hash, all), 201);
		assertThat(ContentFixtures.problem(this.content.review(this.path, 2, "approve", hash, all), 409))
			.isEqualTo("reviewed-already");
	}

	@Test
	void aReviewerSignsOnlyTheOwnStageAndInOrder() {
		submitted();
		String hash = this.content.hash(this.path);
		assertThat(ContentFixtures
			.problem(this.content.review(this.path, 2, "approve", hash, this.content.reviewers.getFirst()), 403))
			.isEqualTo("forbidden");
		assertThat(ContentFixtures.problem(this.content.review(this.path, 2, "approve"), 409))
			.isEqualTo("review-stage");
	}

	@Test
	void aSignatureOnWhatWasReadBeforeAChangeIsRefused() {
		submitted();
		assertThat(ContentFixtures.problem(
				this.content.review(this.path, 1, "approve", "0".repeat(64), this.content.reviewers.getFirst()), 409))
			.isEqualTo("review-stale");
	}

	@Test
	void aChangeVoidsAllSignatures() {
		submitted();
		ContentFixtures.ok(this.content.review(this.path, 1, "approve"), 201);
		ContentFixtures.ok(this.content.review(this.path, 2, "approve"), 201);
		ContentFixtures.ok(
				this.content.put(this.path, this.content.author, etag(), ContentFixtures.draft("清贫", "<p>改过。</p>")),
				200);
		assertThat(this.content.state(this.path)).isEqualTo("DRAFT");
		submitted();
		Map<String, Object> chain = this.content.get(this.path + "/review-chain");
		assertThat(chain).containsEntry("complete", false);
		assertThat((List<?>) chain.get("signatures")).hasSize(2)
			.allSatisfy((signature) -> assertThat(((Map<?, ?>) signature).get("valid")).isEqualTo(false));
		assertThat(ContentFixtures.problem(this.content.review(this.path, 3, "approve"), 409))
			.isEqualTo("review-stage");
	}

	@Test
	void whatChangedAfterApprovalIsNotPublished() {
		this.content.approve(this.path);
		ContentFixtures.ok(
				this.content.put(this.path, this.content.author, etag(), ContentFixtures.draft("清贫", "<p>改过。</p>")),
				200);
		assertThat(ContentFixtures.problem(this.content.post(this.path + "/publication", this.content.publisher, null),
				409))
			.isEqualTo("article-state");
		anonymous(404);
	}

	@Test
	void aRejectedArticleGoesBackToItsAuthor() {
		submitted();
		ContentFixtures.ok(this.content.review(this.path, 1, "reject"), 201);
		assertThat(this.content.state(this.path)).isEqualTo("DRAFT");
		submitted();
		ContentFixtures.ok(this.content.review(this.path, 1, "approve"), 201);
	}

	@Test
	void onlyApprovedArticlesArePublished() {
		assertThat(ContentFixtures.problem(this.content.post(this.path + "/publication", this.content.publisher, null),
				409))
			.isEqualTo("article-state");
		submitted();
		ContentFixtures.ok(this.content.review(this.path, 1, "approve"), 201);
		assertThat(ContentFixtures.problem(this.content.post(this.path + "/publication", this.content.publisher, null),
				409))
			.isEqualTo("article-state");
	}

	@Test
	void aStaleEditorDoesNotOverwrite() {
		String first = etag();
		ContentFixtures
			.ok(this.content.put(this.path, this.content.author, first, ContentFixtures.draft("甲", "<p>甲</p>")), 200);
		assertThat(ContentFixtures.problem(
				this.content.put(this.path, this.content.author, first, ContentFixtures.draft("乙", "<p>乙</p>")), 412))
			.isEqualTo("stale-version");
		assertThat(ContentFixtures.problem(
				this.content.put(this.path, this.content.author, "*", ContentFixtures.draft("乙", "<p>乙</p>")), 412))
			.isEqualTo("stale-version");
		assertThat(this.content.get(this.path)).containsEntry("title", "甲");
	}

	@Test
	void aRecalledArticleIsGoneForReadersWithinASecond() {
		this.content.approve(this.path);
		ContentFixtures.ok(this.content.post(this.path + "/publication", this.content.publisher, null), 200);
		anonymous(200);
		ContentFixtures.ok(this.content.post(this.path + "/recall", this.content.publisher, Map.of("reason", "引文有误")),
				200);
		await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> anonymous(404));
		assertThat(ContentFixtures.problem(
				this.content.put(this.path, this.content.author, etag(), ContentFixtures.draft("x", "<p>x</p>")), 409))
			.isEqualTo("article-state");
	}

	@Test
	void scriptsNeverReachTheDatabase() {
		String id = this.content.article("脚本", "<p onclick=\"alert(1)\">文</p><script>alert(1)</script>");
		assertThat(this.content.get("/articles/" + id)).containsEntry("html", "<p>文</p>");
	}

	@Test
	void clearNumbersOfPeopleStopTheSubmission() {
		String id = this.content.article("电话", "<p>请联系 13012345678。</p>");
		assertThat(ContentFixtures
			.problem(this.content.post("/articles/" + id + "/submission", this.content.author, null), 422))
			.isEqualTo("preflight");
		assertThat(this.content.state("/articles/" + id)).isEqualTo("DRAFT");
	}

	@Test
	void anUnknownColumnIsNamed() {
		Map<String, Object> draft = ContentFixtures.draft("清贫", "<p>x</p>");
		draft.put("column", "no-such-column");
		assertThat(ContentFixtures.problem(this.content.post("/articles", this.content.author, draft), 422))
			.isEqualTo("invalid-request");
	}

	@Test
	void theSameKeyMakesOneArticle() {
		String key = UUID.randomUUID().toString();
		Consumer<HttpHeaders> keyed = this.content.author.andThen((headers) -> headers.set("Idempotency-Key", key));
		Map<String, Object> draft = ContentFixtures.draft("一篇", "<p>x</p>");
		String first = ContentFixtures.text(ContentFixtures.ok(this.content.post("/articles", keyed, draft), 201),
				"id");
		assertThat(ContentFixtures.text(ContentFixtures.ok(this.content.post("/articles", keyed, draft), 201), "id"))
			.isEqualTo(first);
		assertThat(ContentFixtures
			.problem(this.content.post("/articles", keyed, ContentFixtures.draft("另一篇", "<p>x</p>")), 409))
			.isEqualTo("idempotency-key-reused");
	}

	private void submitted() {
		ContentFixtures.ok(this.content.post(this.path + "/submission", this.content.author, null), 200);
	}

	private String etag() {
		return "\"" + this.content.get(this.path).get("version") + "\"";
	}

	private Map<String, Object> anonymous(int status) {
		return ContentFixtures.ok(this.client.get().uri("/api/v1/articles/{id}", this.article).exchange(), status);
	}

}
