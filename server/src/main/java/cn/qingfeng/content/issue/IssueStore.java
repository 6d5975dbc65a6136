package cn.qingfeng.content.issue;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.problem.StaleVersionProblem;
import io.r2dbc.spi.Parameters;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * The monthly issues in the database.
 */
@Component
public class IssueStore {

	private static final String COLUMNS = """
			SELECT i.month, i.title, i.quiz_id, i.state, i.submission, i.editor_id, i.campaign_id, i.published_at,
				i.version, array(SELECT a.article_id FROM monthly_issue_article a
					WHERE a.month = i.month ORDER BY a.position) AS articles
			FROM monthly_issue i
			""";

	private final DatabaseClient database;

	IssueStore(DatabaseClient database) {
		this.database = database;
	}

	/** Inserts a draft; false when the month has an issue. */
	Mono<Boolean> insert(MonthlyIssue issue) {
		return this.database.sql("""
				INSERT INTO monthly_issue (month, title, quiz_id, state, submission, editor_id, version)
				VALUES (:month, :title, :quiz, 'DRAFT', 0, :editor, 0)
				ON CONFLICT ON CONSTRAINT monthly_issue_pk DO NOTHING
				""")
			.bind("month", issue.month().toString())
			.bind("title", issue.title())
			.bind("quiz", uuid(issue.quiz()))
			.bind("editor", uuid(issue.editor()))
			.fetch()
			.rowsUpdated()
			.filter((rows) -> rows == 1)
			.flatMap((rows) -> replaceArticles(issue).thenReturn(true))
			.defaultIfEmpty(false);
	}

	Mono<MonthlyIssue> find(YearMonth month) {
		return this.database.sql(COLUMNS + "WHERE i.month = :month")
			.bind("month", month.toString())
			.mapProperties(Row.class)
			.one()
			.map(Row::issue);
	}

	Mono<MonthlyIssue> lock(YearMonth month) {
		return this.database.sql(COLUMNS + "WHERE i.month = :month FOR UPDATE OF i")
			.bind("month", month.toString())
			.mapProperties(Row.class)
			.one()
			.map(Row::issue);
	}

	/** Stores a guarded change; 412 when somebody else changed it meanwhile. */
	Mono<MonthlyIssue> update(MonthlyIssue issue) {
		return this.database.sql("""
				UPDATE monthly_issue
				SET title = :title, quiz_id = :quiz, state = :state, submission = :submission, editor_id = :editor,
					campaign_id = :campaign, published_at = :publishedAt, version = version + 1
				WHERE month = :month AND version = :version
				""")
			.bind("title", issue.title())
			.bind("quiz", uuid(issue.quiz()))
			.bind("state", issue.state().name())
			.bind("submission", issue.submission())
			.bind("editor", uuid(issue.editor()))
			.bind("campaign", uuid(issue.campaign()))
			.bind("publishedAt", instant(issue.publishedAt()))
			.bind("month", issue.month().toString())
			.bind("version", issue.version())
			.fetch()
			.rowsUpdated()
			.filter((rows) -> rows == 1)
			.switchIfEmpty(Mono.error(() -> new StaleVersionProblem()))
			.then(find(issue.month()));
	}

	Mono<Void> replaceArticles(MonthlyIssue issue) {
		return this.database.sql("DELETE FROM monthly_issue_article WHERE month = :month")
			.bind("month", issue.month().toString())
			.then()
			.then(this.database
				.sql("""
						INSERT INTO monthly_issue_article (month, position, article_id)
						SELECT :month, u.position, u.article FROM unnest(:articles::uuid[]) WITH ORDINALITY AS u (article, position)
						""")
				.bind("month", issue.month().toString())
				.bind("articles", issue.articles().toArray(UUID[]::new))
				.then());
	}

	/**
	 * Issues, newest month first, one more than the limit when there are more.
	 * @param publishedOnly whether drafts are left out
	 * @param before only months before this one, null for the first page
	 */
	public Mono<List<MonthlyIssue>> newest(boolean publishedOnly, @Nullable String before, int limit) {
		return this.database.sql(COLUMNS + """
				WHERE (NOT :publishedOnly OR i.state = 'PUBLISHED') AND i.month < :before
				ORDER BY i.month DESC LIMIT :limit
				""")
			.bind("publishedOnly", publishedOnly)
			.bind("before", (before != null) ? before : "9999-99")
			.bind("limit", limit)
			.mapProperties(Row.class)
			.all()
			.map(Row::issue)
			.collectList();
	}

	/** The issue of a month if it is published. */
	public Mono<MonthlyIssue> published(YearMonth month) {
		return find(month).filter((issue) -> issue.state() == IssueState.PUBLISHED);
	}

	private static Object uuid(@Nullable UUID value) {
		return (value != null) ? value : Parameters.in(UUID.class);
	}

	private static Object instant(@Nullable Instant value) {
		return (value != null) ? value : Parameters.in(Instant.class);
	}

	record Row(String month, String title, @Nullable UUID quizId, IssueState state, int submission,
			@Nullable UUID editorId, @Nullable UUID campaignId, @Nullable Instant publishedAt, long version,
			UUID[] articles) {

		MonthlyIssue issue() {
			return new MonthlyIssue(YearMonth.parse(this.month), this.title, List.of(this.articles), this.quizId,
					this.state, this.submission, this.editorId, this.campaignId, this.publishedAt, this.version);
		}

	}

}
