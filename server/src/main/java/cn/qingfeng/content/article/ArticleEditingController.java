package cn.qingfeng.content.article;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

import cn.qingfeng.content.review.ReviewAnswers;
import cn.qingfeng.contract.admin.ArticlesApi;
import cn.qingfeng.contract.admin.model.ArticleDraft;
import cn.qingfeng.contract.admin.model.ArticlePage;
import cn.qingfeng.contract.admin.model.ColumnList;
import cn.qingfeng.contract.admin.model.RecallRequest;
import cn.qingfeng.contract.admin.model.ReviewChain;
import cn.qingfeng.contract.admin.model.ReviewRequest;
import cn.qingfeng.platform.idempotency.Idempotency;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.web.Versions;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class ArticleEditingController implements ArticlesApi {

	private final ArticleWriting writing;

	private final ArticleStore articles;

	private final ArticleView.Reader views;

	private final ReviewAnswers reviewAnswers;

	private final Columns columns;

	private final ArticleMapper mapper;

	private final Idempotency idempotency;

	ArticleEditingController(ArticleWriting writing, ArticleStore articles, ArticleView.Reader views,
			ReviewAnswers reviewAnswers, Columns columns, ArticleMapper mapper, Idempotency idempotency) {
		this.writing = writing;
		this.articles = articles;
		this.views = views;
		this.reviewAnswers = reviewAnswers;
		this.columns = columns;
		this.mapper = mapper;
		this.idempotency = idempotency;
	}

	@Override
	public Mono<ResponseEntity<ColumnList>> listColumns(ServerWebExchange exchange) {
		return this.columns.all().map(this.mapper::toContract).map(ColumnList::new).map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<ArticlePage>> listArticles(cn.qingfeng.contract.admin.model.@Nullable ArticleState state,
			@Nullable String column, Integer limit, @Nullable String cursor, ServerWebExchange exchange) {
		int size = Page.limit(limit);
		Cursor after = Cursor.decode(cursor, Instant.class, UUID.class).orElse(null);
		return this.articles.lastChanged((state != null) ? this.mapper.toDomain(state) : null, column, after, size + 1)
			.flatMap(this.views::complete)
			.map((rows) -> Page.of(rows, size, (row) -> Cursor.encode(row.article().updatedAt(), row.article().id())))
			.map(this.mapper::toContract)
			.map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Article>> createArticle(Mono<ArticleDraft> articleDraft,
			ServerWebExchange exchange) {
		return articleDraft.flatMap((draft) -> once(exchange, draft, HttpStatus.CREATED,
				() -> this.writing.draft(this.mapper.toDomain(draft).sanitised())));
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Article>> getArticle(UUID id,
			ServerWebExchange exchange) {
		return answer(HttpStatus.OK, this.writing.existing(id));
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Article>> updateArticle(UUID id, String ifMatch,
			Mono<ArticleDraft> articleDraft, ServerWebExchange exchange) {
		long version = Versions.of(ifMatch);
		return articleDraft.map((draft) -> this.mapper.toDomain(draft).sanitised())
			.flatMap((text) -> answer(HttpStatus.OK, this.writing.change(id, version, text)));
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Article>> submitArticle(UUID id,
			ServerWebExchange exchange) {
		return once(exchange, id, HttpStatus.OK, () -> this.writing.submit(id));
	}

	@Override
	public Mono<ResponseEntity<ReviewChain>> reviewArticle(UUID id, Mono<ReviewRequest> reviewRequest,
			ServerWebExchange exchange) {
		return reviewRequest.flatMap((request) -> this.idempotency.once(exchange, request, ReviewChain.class,
				this.writing.review(id, this.reviewAnswers.read(request))
					.flatMap(this.reviewAnswers::of)
					.map((chain) -> ResponseEntity.status(HttpStatus.CREATED).body(chain))));
	}

	@Override
	public Mono<ResponseEntity<ReviewChain>> getArticleReviewChain(UUID id, ServerWebExchange exchange) {
		return this.writing.chain(id).flatMap(this.reviewAnswers::of).map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Article>> publishArticle(UUID id,
			ServerWebExchange exchange) {
		return once(exchange, id, HttpStatus.OK, () -> this.writing.publish(id));
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Article>> publishArticleToWechat(UUID id,
			ServerWebExchange exchange) {
		return once(exchange, id, HttpStatus.OK, () -> this.writing.publishToWechat(id));
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Article>> recallArticle(UUID id,
			Mono<RecallRequest> recallRequest, ServerWebExchange exchange) {
		return recallRequest.flatMap((request) -> once(exchange, request, HttpStatus.OK,
				() -> this.writing.recall(id, request.getReason())));
	}

	private Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Article>> once(ServerWebExchange exchange,
			Object request, HttpStatus status, Supplier<Mono<Article>> work) {
		return this.idempotency.once(exchange, request, cn.qingfeng.contract.admin.model.Article.class,
				answer(status, Mono.defer(work)));
	}

	private Mono<ResponseEntity<cn.qingfeng.contract.admin.model.Article>> answer(HttpStatus status,
			Mono<Article> article) {
		return article.flatMap(this.views::complete)
			.map((view) -> ResponseEntity.status(status)
				.eTag(Versions.etag(view.article().version()))
				.body(this.mapper.toContract(view)));
	}

}
