package cn.qingfeng.content.issue;

import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.content.article.Article;
import cn.qingfeng.content.article.ArticleWriting;
import cn.qingfeng.content.review.ContentHash;
import cn.qingfeng.content.review.Review;
import cn.qingfeng.content.review.ReviewChain;
import cn.qingfeng.content.review.Reviews;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.problem.StaleVersionProblem;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.push.Campaigns;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.Rounds;
import cn.qingfeng.staff.Audit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Binding, reviewing and publishing monthly issues. The hash that reviewers sign covers
 * every bound article and the quiz with its questions, so a change of any of them after a
 * signature shows at publication.
 */
@Service
class IssueEditing {

	/** WeChat's limit for one mass send. */
	private static final int MOST_CARDS = 8;

	private final IssueStore issues;

	private final ArticleWriting articles;

	private final Rounds rounds;

	private final Reviews reviews;

	private final Campaigns campaigns;

	private final IssueCampaign message;

	private final Audit audit;

	private final Transactions transactions;

	private final Clock clock;

	IssueEditing(IssueStore issues, ArticleWriting articles, Rounds rounds, Reviews reviews, Campaigns campaigns,
			IssueCampaign message, Audit audit, Transactions transactions, Clock clock) {
		this.issues = issues;
		this.articles = articles;
		this.rounds = rounds;
		this.reviews = reviews;
		this.campaigns = campaigns;
		this.message = message;
		this.audit = audit;
		this.transactions = transactions;
		this.clock = clock;
	}

	Mono<MonthlyIssue> create(YearMonth month, String title, List<UUID> articles, @Nullable UUID quiz) {
		return requireContent(articles, quiz).then(CurrentStaff.mono())
			.map((staff) -> MonthlyIssue.draft(month, title, articles, quiz, staff.staffId()))
			.flatMap((issue) -> this.issues.insert(issue)
				.filter((inserted) -> inserted)
				.switchIfEmpty(Mono.error(() -> new IssueProblem("issue-exists")))
				.then(existing(month)))
			.flatMap((issue) -> audited(issue, "issue.create"))
			.as(this.transactions::inTransaction);
	}

	Mono<MonthlyIssue> change(YearMonth month, long version, String title, List<UUID> articles, @Nullable UUID quiz) {
		return requireContent(articles, quiz).then(CurrentStaff.mono())
			.flatMap((staff) -> locked(month)
				.map((issue) -> requireVersion(issue, version).change(title, articles, quiz, staff.staffId())))
			.flatMap((issue) -> this.issues.replaceArticles(issue).then(this.issues.update(issue)))
			.flatMap((issue) -> audited(issue, "issue.change"))
			.as(this.transactions::inTransaction);
	}

	Mono<MonthlyIssue> submit(YearMonth month) {
		return CurrentStaff.mono()
			.flatMap((staff) -> locked(month).map((issue) -> issue.submit(staff.staffId())))
			.flatMap((issue) -> this.articles.requireReady(issue.articles()).then(this.issues.update(issue)))
			.flatMap((issue) -> audited(issue, "issue.submit"))
			.as(this.transactions::inTransaction);
	}

	Mono<ReviewChain> review(YearMonth month, Review review) {
		return locked(month).flatMap((issue) -> sign(issue, review)).as(this.transactions::inTransaction);
	}

	Mono<ReviewChain> chain(YearMonth month) {
		return existing(month).flatMap(this::chainOf);
	}

	/**
	 * Publishes the articles, opens the quiz and hands the push over, all or nothing.
	 */
	Mono<MonthlyIssue> publish(YearMonth month) {
		return CurrentStaff.mono()
			.flatMap((staff) -> locked(month).flatMap((issue) -> publish(issue, staff.staffId())))
			.flatMap((issue) -> audited(issue, "issue.publish"))
			.as(this.transactions::inTransaction);
	}

	Mono<MonthlyIssue> existing(YearMonth month) {
		return this.issues.find(month).switchIfEmpty(Mono.error(() -> new NotFoundProblem()));
	}

	/** SHA-256 in hex over all that the issue binds. */
	Mono<String> contentHash(MonthlyIssue issue) {
		return this.articles.find(issue.articles())
			.flatMap((bound) -> quizHash(issue).map((quiz) -> hash(issue, bound, quiz)));
	}

	private Mono<MonthlyIssue> publish(MonthlyIssue issue, UUID publisher) {
		Instant now = this.clock.instant();
		return chainOf(issue).map(issue::requirePublishable)
			.flatMap((chain) -> this.articles.publishWithIssue(issue.articles(), publisher)
				.then(openQuiz(issue, publisher))
				.then(this.message.compose(issue, publisher, now))
				.flatMap(this.campaigns::start)
				.flatMap((campaign) -> this.issues.update(issue.publish(chain, campaign.value(), now))));
	}

	private Mono<Void> openQuiz(MonthlyIssue issue, UUID publisher) {
		UUID quiz = issue.quiz();
		return (quiz != null) ? this.rounds.publish(new RoundId(quiz), publisher) : Mono.empty();
	}

	private Mono<ReviewChain> sign(MonthlyIssue issue, Review review) {
		if (issue.state() != IssueState.IN_REVIEW) {
			return Mono.error(() -> new IssueProblem("issue-state"));
		}
		return chainOf(issue).flatMap((chain) -> this.reviews.sign(chain, review))
			.flatMap((chain) -> this.issues.update(issue.reviewed(chain))
				.flatMap((reviewed) -> audited(reviewed, "issue.review"))
				.thenReturn(chain));
	}

	private Mono<ReviewChain> chainOf(MonthlyIssue issue) {
		return contentHash(issue)
			.flatMap((hash) -> this.reviews.chain(issue.subject(), issue.editor(), hash, issue.submission()));
	}

	private Mono<String> quizHash(MonthlyIssue issue) {
		UUID quiz = issue.quiz();
		return (quiz != null) ? this.rounds.contentHash(new RoundId(quiz)).defaultIfEmpty("") : Mono.just("");
	}

	private static String hash(MonthlyIssue issue, List<Article> articles, String quiz) {
		return new ContentHash().add(issue.month().toString())
			.add(issue.title())
			.add(articles.stream().map((article) -> article.id() + article.text().hash()).toList())
			.add(quiz)
			.hex();
	}

	private Mono<Void> requireContent(List<UUID> articles, @Nullable UUID quiz) {
		if (new HashSet<>(articles).size() < articles.size()) {
			return Mono.error(() -> Violations.of("articleIds", "同一篇文章不能放两次"));
		}
		if (articles.size() + ((quiz != null) ? 1 : 0) > MOST_CARDS) {
			return Mono.error(() -> Violations.of("articleIds", "连同知识测试最多八条"));
		}
		return this.articles.find(articles)
			.onErrorMap(NotFoundProblem.class, (missing) -> Violations.of("articleIds", "有的文章不存在"))
			.then((quiz != null) ? requireQuiz(quiz) : Mono.empty());
	}

	private Mono<Void> requireQuiz(UUID quiz) {
		return this.rounds.find(new RoundId(quiz))
			.switchIfEmpty(Mono.error(() -> Violations.of("quizId", "没有这场测试")))
			.then();
	}

	private static MonthlyIssue requireVersion(MonthlyIssue issue, long version) {
		if (issue.version() != version) {
			throw new StaleVersionProblem();
		}
		return issue;
	}

	private Mono<MonthlyIssue> locked(YearMonth month) {
		return this.issues.lock(month).switchIfEmpty(Mono.error(() -> new NotFoundProblem()));
	}

	private Mono<MonthlyIssue> audited(MonthlyIssue issue, String action) {
		return this.audit.record(action, issue.month().toString()).thenReturn(issue);
	}

}
