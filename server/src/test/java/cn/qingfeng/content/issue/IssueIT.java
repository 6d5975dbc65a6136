package cn.qingfeng.content.issue;

import java.time.Clock;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestSessions;
import cn.qingfeng.content.ContentFixtures;
import cn.qingfeng.quiz.QuizFixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class IssueIT {

	/** Contexts are shared, and a month has one issue. */
	private static final AtomicInteger MONTHS = new AtomicInteger();

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private Clock clock;

	private ContentFixtures content;

	private QuizFixtures quizzes;

	private String month;

	private String path;

	private String story;

	private String news;

	private UUID quiz;

	@BeforeEach
	void anIssue() {
		this.content = new ContentFixtures(this.client, this.sessions);
		this.quizzes = new QuizFixtures(this.client, this.sessions, this.database, this.clock);
		int number = MONTHS.getAndIncrement();
		this.month = "20%02d-%02d".formatted(60 + number / 12, 1 + number % 12);
		this.path = "/issues/" + this.month;
		this.story = this.content.article("清贫", "<p>故事</p>");
		this.news = this.content.article("要闻", "<p>要闻</p>");
		this.quiz = this.quizzes.created(this.quizzes.draft(this.quizzes.bank(6, "issue"), 5));
		ContentFixtures.ok(this.content.post("/issues", this.content.author, Map.of("month", this.month, "title",
				"清风月刊", "articleIds", List.of(this.story, this.news), "quizId", this.quiz)), 201);
	}

	@Test
	void publicationOpensTheQuizAndTheArticlesAndStartsThePush() {
		assertThat(ContentFixtures.problem(anonymous(this.path), 404)).isEqualTo("not-found");
		this.content.approve(this.path);
		Map<String, Object> published = ContentFixtures
			.ok(this.content.post(this.path + "/publication", this.content.publisher, null), 200);
		assertThat(published).containsEntry("state", "PUBLISHED");
		assertThat(ContentFixtures.ok(anonymous("/articles/" + this.story), 200)).containsEntry("title", "清贫");
		assertThat(ContentFixtures.ok(anonymous("/articles/" + this.news), 200)).containsEntry("title", "要闻");
		assertThat(ContentFixtures.ok(member("/api/v1/quizzes/" + this.quiz), 200)).containsEntry("state", "open");
		Map<String, Object> issue = ContentFixtures.ok(anonymous(this.path), 200);
		assertThat((List<?>) issue.get("articles")).hasSize(2);
		assertThat(String.valueOf(issue.get("quiz"))).contains(this.quiz.toString());
		Map<String, Object> campaign = this.content.get("/campaigns/" + published.get("campaignId"));
		assertThat(campaign).containsEntry("kind", "MASS_ARTICLE").containsEntry("title", "清风月刊");
		assertThat(campaign.get("approver")).isNotNull();
	}

	@Test
	void publishingTwiceStartsOnePush() {
		this.content.approve(this.path);
		ContentFixtures.ok(this.content.post(this.path + "/publication", this.content.publisher, null), 200);
		assertThat(ContentFixtures.problem(this.content.post(this.path + "/publication", this.content.publisher, null),
				409))
			.isEqualTo("issue-state");
	}

	@Test
	void aChangedArticleVoidsWhatWasSigned() {
		this.content.approve(this.path);
		change(this.story);
		assertThat(ContentFixtures.problem(this.content.post(this.path + "/publication", this.content.publisher, null),
				409))
			.isEqualTo("review-incomplete");
		assertThat(ContentFixtures.problem(anonymous("/articles/" + this.news), 404)).isEqualTo("not-found");
		assertThat(ContentFixtures.problem(member("/api/v1/quizzes/" + this.quiz), 404)).isEqualTo("not-found");
	}

	@Test
	void aChangedQuestionVoidsWhatWasSigned() {
		this.content.approve(this.path);
		this.quizzes.run("""
				UPDATE questions SET stem = 'changed' WHERE bank_id IN
					(SELECT bank_id FROM questions WHERE stem LIKE '%issue')
				""", Map.of());
		assertThat(ContentFixtures.problem(this.content.post(this.path + "/publication", this.content.publisher, null),
				409))
			.isEqualTo("review-incomplete");
	}

	@Test
	void aRecalledArticleRollsTheWholePublicationBack() {
		String recalled = this.content.published("撤回", "<p>撤回</p>");
		ContentFixtures.ok(
				this.content.put(this.path, this.content.author, etag(),
						Map.of("title", "清风月刊", "articleIds", List.of(this.story, recalled), "quizId", this.quiz)),
				200);
		this.content.approve(this.path);
		ContentFixtures.ok(
				this.content.post("/articles/" + recalled + "/recall", this.content.publisher, Map.of("reason", "有误")),
				200);
		assertThat(ContentFixtures.problem(this.content.post(this.path + "/publication", this.content.publisher, null),
				409))
			.isEqualTo("article-state");
		assertThat(this.content.state(this.path)).isEqualTo("APPROVED");
		assertThat(ContentFixtures.problem(anonymous("/articles/" + this.story), 404)).isEqualTo("not-found");
		assertThat(ContentFixtures.problem(member("/api/v1/quizzes/" + this.quiz), 404)).isEqualTo("not-found");
	}

	@Test
	void withoutThreeSignaturesNothingIsPublished() {
		assertThat(ContentFixtures.problem(this.content.post(this.path + "/publication", this.content.publisher, null),
				409))
			.isEqualTo("issue-state");
		ContentFixtures.ok(this.content.post(this.path + "/submission", this.content.author, null), 200);
		ContentFixtures.ok(this.content.review(this.path, 1, "approve"), 201);
		assertThat(ContentFixtures.problem(this.content.post(this.path + "/publication", this.content.publisher, null),
				409))
			.isEqualTo("issue-state");
	}

	@Test
	void whoEditedItNeitherReviewsNorPublishesIt() {
		Consumer<HttpHeaders> all = this.sessions.staff("AUTHOR", "REVIEWER_1", "PUBLISHER");
		ContentFixtures.ok(
				this.content.put(this.path, all, etag(), Map.of("title", "改名", "articleIds", List.of(this.story))),
				200);
		ContentFixtures.ok(this.content.post(this.path + "/submission", all, null), 200);
		assertThat(ContentFixtures
			.problem(this.content.review(this.path, 1, "approve", this.content.hash(this.path), all), 409))
			.isEqualTo("own-work");
		for (int stage = 1; stage <= 3; stage++) {
			ContentFixtures.ok(this.content.review(this.path, stage, "approve"), 201);
		}
		assertThat(ContentFixtures.problem(this.content.post(this.path + "/publication", all, null), 409))
			.isEqualTo("own-campaign");
		assertThat(this.content.state(this.path)).isEqualTo("APPROVED");
	}

	@Test
	void aMonthHasOneIssue() {
		assertThat(ContentFixtures.problem(this.content.post("/issues", this.content.author,
				Map.of("month", this.month, "title", "又一期", "articleIds", List.of(this.story))), 409))
			.isEqualTo("issue-exists");
	}

	@Test
	void missingContentIsNamed() {
		Map<String, Object> problem = ContentFixtures.ok(this.content.put(this.path, this.content.author, etag(),
				Map.of("title", "x", "articleIds", List.of(UUID.randomUUID()))), 422);
		assertThat(String.valueOf(problem.get("errors"))).contains("articleIds");
		problem = ContentFixtures.ok(this.content.put(this.path, this.content.author, etag(),
				Map.of("title", "x", "articleIds", List.of(this.story), "quizId", UUID.randomUUID())), 422);
		assertThat(String.valueOf(problem.get("errors"))).contains("quizId");
		problem = ContentFixtures.ok(this.content.put(this.path, this.content.author, etag(),
				Map.of("title", "x", "articleIds", List.of(this.story, this.story))), 422);
		assertThat(String.valueOf(problem.get("errors"))).contains("articleIds");
	}

	@Test
	void clearNumbersOfPeopleInAnArticleStopTheSubmission() {
		String bad = this.content.article("电话", "<p>请联系 13012345678。</p>");
		ContentFixtures.ok(this.content.put(this.path, this.content.author, etag(),
				Map.of("title", "x", "articleIds", List.of(this.story, bad))), 200);
		assertThat(
				ContentFixtures.problem(this.content.post(this.path + "/submission", this.content.author, null), 422))
			.isEqualTo("preflight");
		assertThat(this.content.state(this.path)).isEqualTo("DRAFT");
	}

	@Test
	void aStaleEditorDoesNotOverwrite() {
		String first = etag();
		ContentFixtures.ok(this.content.put(this.path, this.content.author, first,
				Map.of("title", "甲", "articleIds", List.of(this.news, this.story))), 200);
		assertThat(ContentFixtures.problem(this.content.put(this.path, this.content.author, first,
				Map.of("title", "乙", "articleIds", List.of(this.story))), 412))
			.isEqualTo("stale-version");
	}

	@Test
	void theSeedsHoldThisMonthsIssueAsADraftWithItsQuiz() {
		String now = YearMonth.now(this.clock).toString();
		Map<String, Object> issue = this.content.get("/issues/" + now);
		assertThat((List<?>) issue.get("articles")).hasSize(2);
		assertThat(issue.get("quiz")).isNotNull();
		assertThat(ContentFixtures.text(issue, "title")).doesNotContain("{{");
	}

	private void change(String article) {
		String version = "\"" + this.content.get("/articles/" + article).get("version") + "\"";
		ContentFixtures.ok(this.content.put("/articles/" + article, this.content.author, version,
				ContentFixtures.draft("清贫", "<p>改过</p>")), 200);
	}

	private String etag() {
		return "\"" + this.content.get(this.path).get("version") + "\"";
	}

	private WebTestClient.ResponseSpec anonymous(String path) {
		return this.client.get().uri("/api/v1" + path).exchange();
	}

	private WebTestClient.ResponseSpec member(String path) {
		return this.client.get().uri(path).headers(this.quizzes.member()).exchange();
	}

}
