package cn.qingfeng.content.article;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.problem.StaleVersionProblem;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * The articles in the database.
 */
@Component
class ArticleStore {

	private static final String COLUMNS = """
			SELECT id, column_key, title, summary, author, html, sources, state, submission, writer_id, recall_reason,
				created_at, updated_at, published_at, version
			FROM article
			""";

	private final DatabaseClient database;

	ArticleStore(DatabaseClient database) {
		this.database = database;
	}

	Mono<Article> insert(Article article) {
		return insert(article, null).thenReturn(article);
	}

	/**
	 * Inserts an article of the starting content unless its key is there already.
	 * @return 1 or 0
	 */
	Mono<Long> insert(Article article, @Nullable String seedKey) {
		return bind(this.database.sql("""
				INSERT INTO article (id, seed_key, column_key, title, summary, author, html, sources, state,
					content_hash, submission, writer_id, search_tokens, recall_reason, created_at, updated_at,
					published_at, version)
				VALUES (:id, :seedKey, :column, :title, :summary, :author, :html, :sources, :state, :hash, :submission,
					:writer, :words, :recallReason, :createdAt, :updatedAt, :publishedAt, 0)
				ON CONFLICT ON CONSTRAINT article_seed DO NOTHING
				"""), article).bind("seedKey", Parameters.in(R2dbcType.VARCHAR, seedKey))
			.bind("createdAt", article.createdAt())
			.fetch()
			.rowsUpdated();
	}

	Mono<Article> find(UUID id) {
		return this.database.sql(COLUMNS + "WHERE id = :id")
			.bind("id", id)
			.mapProperties(Row.class)
			.one()
			.map(Row::article);
	}

	/** The article, locked until the transaction ends. */
	Mono<Article> lock(UUID id) {
		return this.database.sql(COLUMNS + "WHERE id = :id FOR UPDATE")
			.bind("id", id)
			.mapProperties(Row.class)
			.one()
			.map(Row::article);
	}

	/** These articles, locked in the order of their ids so that nobody deadlocks. */
	Mono<List<Article>> lockAll(List<UUID> ids) {
		return this.database.sql(COLUMNS + "WHERE id = ANY(:ids) ORDER BY id FOR UPDATE")
			.bind("ids", ids.toArray(UUID[]::new))
			.mapProperties(Row.class)
			.all()
			.map(Row::article)
			.collectList();
	}

	Mono<List<Article>> findAll(List<UUID> ids) {
		return this.database.sql(COLUMNS + "WHERE id = ANY(:ids)")
			.bind("ids", ids.toArray(UUID[]::new))
			.mapProperties(Row.class)
			.all()
			.map(Row::article)
			.collectList();
	}

	Mono<List<UUID>> idsOfSeeds(List<String> keys) {
		return this.database
			.sql("SELECT id FROM article WHERE seed_key = ANY(:keys) ORDER BY array_position(:keys, seed_key)")
			.bind("keys", keys.toArray(String[]::new))
			.mapProperties(IdRow.class)
			.all()
			.map(IdRow::id)
			.collectList();
	}

	/**
	 * Stores a guarded change; 412 when somebody else changed it meanwhile.
	 */
	Mono<Article> update(Article article) {
		return bind(this.database.sql("""
				UPDATE article
				SET column_key = :column, title = :title, summary = :summary, author = :author, html = :html,
					sources = :sources, state = :state, content_hash = :hash, submission = :submission,
					writer_id = :writer, search_tokens = :words, recall_reason = :recallReason,
					updated_at = :updatedAt, published_at = :publishedAt, version = version + 1
				WHERE id = :id AND version = :version
				"""), article).bind("version", article.version())
			.fetch()
			.rowsUpdated()
			.filter((rows) -> rows == 1)
			.switchIfEmpty(Mono.error(() -> new StaleVersionProblem()))
			.then(find(article.id()));
	}

	/** Articles, last changed first, one more than the limit when there are more. */
	Mono<List<Article>> lastChanged(@Nullable ArticleState state, @Nullable String column, @Nullable Cursor after,
			int limit) {
		String where = ((state != null) ? "AND state = :state " : "")
				+ ((column != null) ? "AND column_key = :column " : "")
				+ ((after != null) ? "AND (updated_at, id) < (:updatedAt, :id) " : "");
		DatabaseClient.GenericExecuteSpec select = this.database
			.sql(COLUMNS + "WHERE true " + where + "ORDER BY updated_at DESC, id DESC LIMIT :limit")
			.bind("limit", limit);
		select = (state != null) ? select.bind("state", state.name()) : select;
		select = (column != null) ? select.bind("column", column) : select;
		if (after != null) {
			select = select.bind("updatedAt", after.get(0, Instant.class)).bind("id", after.get(1, UUID.class));
		}
		return select.mapProperties(Row.class).all().map(Row::article).collectList();
	}

	private static DatabaseClient.GenericExecuteSpec bind(DatabaseClient.GenericExecuteSpec statement,
			Article article) {
		ArticleText text = article.text();
		return statement.bind("id", article.id())
			.bind("column", text.column())
			.bind("title", text.title())
			.bind("summary", Parameters.in(R2dbcType.VARCHAR, text.summary()))
			.bind("author", Parameters.in(R2dbcType.VARCHAR, text.author()))
			.bind("html", text.html())
			.bind("sources", text.sources().toArray(String[]::new))
			.bind("state", article.state().name())
			.bind("hash", text.hash())
			.bind("submission", article.submission())
			.bind("writer", nullable(article.writer(), UUID.class))
			.bind("words", words(text))
			.bind("recallReason", Parameters.in(R2dbcType.VARCHAR, article.recallReason()))
			.bind("updatedAt", article.updatedAt())
			.bind("publishedAt", nullable(article.publishedAt(), Instant.class));
	}

	private static Object nullable(@Nullable Object value, Class<?> type) {
		return (value != null) ? value : Parameters.in(type);
	}

	private static String[] words(ArticleText text) {
		String summary = text.summary();
		return SearchWords.of(text.title(), (summary != null) ? summary : "", text.html());
	}

	record IdRow(UUID id) {

	}

	record Row(UUID id, String columnKey, String title, @Nullable String summary, @Nullable String author, String html,
			String[] sources, ArticleState state, int submission, @Nullable UUID writerId,
			@Nullable String recallReason, Instant createdAt, Instant updatedAt, @Nullable Instant publishedAt,
			long version) {

		Article article() {
			ArticleText text = new ArticleText(this.columnKey, this.title, this.summary, this.author, this.html,
					List.of(this.sources));
			return new Article(this.id, text, this.state, this.submission, this.writerId, this.recallReason,
					this.createdAt, this.updatedAt, this.publishedAt, this.version);
		}

	}

}
