package cn.qingfeng.content.article;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.content.ArticlePublished;
import cn.qingfeng.content.NewArticle;
import cn.qingfeng.content.review.Review;
import cn.qingfeng.content.review.ReviewChain;
import cn.qingfeng.content.review.Reviews;
import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.platform.outbox.Outbox;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.problem.StaleVersionProblem;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.push.Publications;
import cn.qingfeng.staff.Audit;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Writing, reviewing, publishing and recalling articles. Each step, its signature, its
 * event and its audit entry are one transaction on the locked article.
 */
@Service
public class ArticleWriting {

	private final ArticleStore articles;

	private final Columns columns;

	private final Reviews reviews;

	private final Publications publications;

	private final Outbox outbox;

	private final Audit audit;

	private final Transactions transactions;

	private final IdGenerator ids;

	private final Clock clock;

	ArticleWriting(ArticleStore articles, Columns columns, Reviews reviews, Publications publications, Outbox outbox,
			Audit audit, Transactions transactions, IdGenerator ids, Clock clock) {
		this.articles = articles;
		this.columns = columns;
		this.reviews = reviews;
		this.publications = publications;
		this.outbox = outbox;
		this.audit = audit;
		this.transactions = transactions;
		this.ids = ids;
		this.clock = clock;
	}

	/** Writes an article and hands it in at once, for another feature. */
	public Mono<Article> submit(NewArticle article) {
		ArticleText text = new ArticleText(article.column(), article.title(), article.summary(), article.author(),
				Html.ofMarkdown(article.markdown()), article.sources());
		Article draft = Article.draft(this.ids.next(), text, article.writer(), this.clock.instant());
		return this.articles.insert(draft.submit(article.writer(), this.clock.instant()))
			.flatMap((stored) -> audited(stored, "article.submit"));
	}

	/**
	 * Publishes the articles of a monthly issue whose own signatures cover them; in the
	 * issue's transaction.
	 * @param ids the articles
	 * @param publisher who publishes the issue
	 */
	public Mono<Void> publishWithIssue(List<UUID> ids, UUID publisher) {
		return this.articles.lockAll(ids)
			.flatMapMany(Flux::fromIterable)
			.filter((article) -> article.state() != ArticleState.PUBLISHED)
			.map((article) -> article.publishWithIssue(this.clock.instant()))
			.concatMap(this.articles::update)
			.concatMap((article) -> announced(article, publisher))
			.then();
	}

	/** These articles in the order of the ids; 404 when one is missing. */
	public Mono<List<Article>> find(List<UUID> ids) {
		return this.articles.findAll(ids).map((found) -> inOrder(ids, found));
	}

	/** 422 unless these articles may go to the reviewers, with an issue or alone. */
	public Mono<Void> requireReady(List<UUID> ids) {
		return find(ids).flatMapIterable((found) -> found).map((article) -> PreFlight.check(article.text())).then();
	}

	Mono<Article> draft(ArticleText text) {
		return this.columns.require(text.column())
			.then(CurrentStaff.mono())
			.map((staff) -> Article.draft(this.ids.next(), text, staff.staffId(), this.clock.instant()))
			.flatMap(this.articles::insert)
			.flatMap((article) -> audited(article, "article.create"))
			.as(this.transactions::inTransaction);
	}

	Mono<Article> change(UUID id, long version, ArticleText text) {
		return this.columns.require(text.column())
			.then(CurrentStaff.mono())
			.flatMap((staff) -> locked(id)
				.map((article) -> requireVersion(article, version).change(text, staff.staffId(), this.clock.instant())))
			.flatMap(this.articles::update)
			.flatMap((article) -> audited(article, "article.change"))
			.as(this.transactions::inTransaction);
	}

	Mono<Article> submit(UUID id) {
		return CurrentStaff.mono()
			.flatMap((staff) -> locked(id).map((article) -> article.submit(staff.staffId(), this.clock.instant())))
			.flatMap(this.articles::update)
			.flatMap((article) -> audited(article, "article.submit"))
			.as(this.transactions::inTransaction);
	}

	Mono<ReviewChain> review(UUID id, Review review) {
		return locked(id).flatMap((article) -> sign(article, review)).as(this.transactions::inTransaction);
	}

	Mono<ReviewChain> chain(UUID id) {
		return existing(id).flatMap(this::chainOf);
	}

	Mono<Article> publish(UUID id) {
		return CurrentStaff.mono()
			.flatMap((staff) -> locked(id)
				.flatMap((article) -> chainOf(article).map((chain) -> article.publish(chain, this.clock.instant())))
				.flatMap(this.articles::update)
				.flatMap((article) -> announced(article, staff.staffId())))
			.flatMap((article) -> audited(article, "article.publish"))
			.as(this.transactions::inTransaction);
	}

	/** Shows what members can read to everybody on the public account. */
	Mono<Article> publishToWechat(UUID id) {
		return locked(id).map(Article::requirePublished)
			.flatMap((article) -> this.publications.publish(article.id(), article.card()).thenReturn(article))
			.flatMap((article) -> audited(article, "article.publish-to-wechat"))
			.as(this.transactions::inTransaction);
	}

	Mono<Article> recall(UUID id, String reason) {
		return locked(id).map((article) -> article.recall(reason, this.clock.instant()))
			.flatMap(this.articles::update)
			.flatMap((article) -> this.publications.withdraw(article.id()).thenReturn(article))
			.flatMap((article) -> audited(article, "article.recall"))
			.as(this.transactions::inTransaction);
	}

	Mono<Article> existing(UUID id) {
		return this.articles.find(id).switchIfEmpty(Mono.error(() -> new NotFoundProblem()));
	}

	private static Article requireVersion(Article article, long version) {
		if (article.version() != version) {
			throw new StaleVersionProblem();
		}
		return article;
	}

	private Mono<Article> locked(UUID id) {
		return this.articles.lock(id).switchIfEmpty(Mono.error(() -> new NotFoundProblem()));
	}

	private Mono<ReviewChain> sign(Article article, Review review) {
		if (article.state() != ArticleState.IN_REVIEW) {
			return Mono.error(() -> new ArticleStateProblem(article.id(), article.state()));
		}
		return chainOf(article).flatMap((chain) -> this.reviews.sign(chain, review))
			.flatMap((chain) -> this.articles.update(article.reviewed(chain, this.clock.instant()))
				.flatMap((reviewed) -> audited(reviewed, "article.review"))
				.thenReturn(chain));
	}

	private Mono<ReviewChain> chainOf(Article article) {
		return this.reviews.chain(article.subject(), article.writer(), article.text().hash(), article.submission());
	}

	private Mono<Article> announced(Article article, UUID publisher) {
		return this.outbox.publish(new ArticlePublished(article.id(), publisher, this.clock.instant()))
			.thenReturn(article);
	}

	private Mono<Article> audited(Article article, String action) {
		return this.audit.record(action, article.id().toString()).thenReturn(article);
	}

	private static List<Article> inOrder(List<UUID> ids, List<Article> found) {
		return ids.stream().map((id) -> withId(id, found)).toList();
	}

	private static Article withId(UUID id, List<Article> found) {
		return found.stream()
			.filter((article) -> article.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new NotFoundProblem());
	}

}
