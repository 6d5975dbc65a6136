package cn.qingfeng.content.reading;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import cn.qingfeng.content.article.SearchWords;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.reactor.SharedLoads;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * What members read. An article is kept for a second, so that a push opened by thousands
 * costs one query a second on each node and a recall is seen within that second.
 */
@Component
class ReadingRoom {

	private static final Duration FRESH = Duration.ofSeconds(1);

	private static final String SUMMARIES = """
			SELECT a.id, a.title, a.summary, a.column_key, c.name AS column_name, a.author, a.published_at,
				CASE WHEN :withText THEN a.html END AS html
			FROM article a JOIN content_column c ON c.key = a.column_key
			""";

	private final DatabaseClient database;

	private final Clock clock;

	private final SharedLoads<UUID, PublishedArticle> hot = new SharedLoads<>(
			Caffeine.newBuilder().maximumSize(500).expireAfterWrite(FRESH), this::load);

	ReadingRoom(DatabaseClient database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	/** A published article; 404 when it is none or no longer one. */
	Mono<PublishedArticle> article(UUID id) {
		return this.hot.get(id).switchIfEmpty(Mono.error(() -> new NotFoundProblem()));
	}

	/** Nothing is not kept, so that an article is there the moment it is published. */
	private Mono<PublishedArticle> load(UUID id) {
		return this.database.sql("""
				SELECT a.id, a.title, a.summary, a.column_key, c.name AS column_name, a.author, a.html, a.sources,
					a.published_at
				FROM article a JOIN content_column c ON c.key = a.column_key
				WHERE a.id = :id AND a.state = 'PUBLISHED'
				""").bind("id", id).mapProperties(ArticleRow.class).one().map(ArticleRow::article);
	}

	/**
	 * Published articles, newest first, one more than the limit when there are more.
	 * @param column key, null for all
	 * @param words searched for, null for none
	 */
	Mono<List<PublishedArticle.Summary>> newest(@Nullable String column, @Nullable String words, @Nullable Cursor after,
			int limit) {
		String[] wanted = (words != null) ? SearchWords.of(words) : null;
		if (wanted != null && wanted.length == 0) {
			return Mono.just(List.of());
		}
		String where = "WHERE a.state = 'PUBLISHED' " + ((column != null) ? "AND a.column_key = :column " : "")
				+ ((words != null) ? "AND a.search_tokens @> :words " : "")
				+ ((after != null) ? "AND (a.published_at, a.id) < (:publishedAt, :id) " : "");
		DatabaseClient.GenericExecuteSpec select = this.database
			.sql(SUMMARIES + where + "ORDER BY a.published_at DESC, a.id DESC LIMIT :limit")
			.bind("withText", words != null)
			.bind("limit", limit);
		select = (column != null) ? select.bind("column", column) : select;
		select = (wanted != null) ? select.bind("words", wanted) : select;
		if (after != null) {
			select = select.bind("publishedAt", after.get(0, Instant.class)).bind("id", after.get(1, UUID.class));
		}
		return summaries(select, words);
	}

	/** These articles as far as they are published, in the order of the ids. */
	Mono<List<PublishedArticle.Summary>> inOrder(List<UUID> ids) {
		return summaries(this.database.sql(SUMMARIES + """
				WHERE a.id = ANY(:ids) AND a.state = 'PUBLISHED' ORDER BY array_position(:ids, a.id)
				""").bind("withText", false).bind("ids", ids.toArray(UUID[]::new)), null);
	}

	/**
	 * The member's favourites, last kept first, one more than the limit when there are
	 * more.
	 */
	Mono<List<Favourite>> favourites(UUID member, @Nullable Cursor after, int limit) {
		String where = (after != null) ? "AND (f.kept_at, f.article_id) < (:keptAt, :id) " : "";
		DatabaseClient.GenericExecuteSpec select = this.database.sql("""
				SELECT a.id, a.title, a.summary, a.column_key, c.name AS column_name, a.author, a.published_at,
					f.kept_at
				FROM favourite f
					JOIN article a ON a.id = f.article_id AND a.state = 'PUBLISHED'
					JOIN content_column c ON c.key = a.column_key
				WHERE f.member_id = :member %s
				ORDER BY f.kept_at DESC, f.article_id DESC LIMIT :limit
				""".formatted(where)).bind("member", member).bind("limit", limit);
		if (after != null) {
			select = select.bind("keptAt", after.get(0, Instant.class)).bind("id", after.get(1, UUID.class));
		}
		return select.mapProperties(FavouriteRow.class).all().map(FavouriteRow::favourite).collectList();
	}

	Mono<Void> keep(UUID member, UUID article) {
		return article(article).then(this.database.sql("""
				INSERT INTO favourite (member_id, article_id, kept_at) VALUES (:member, :article, :now)
				ON CONFLICT DO NOTHING
				""").bind("member", member).bind("article", article).bind("now", this.clock.instant()).then());
	}

	Mono<Void> drop(UUID member, UUID article) {
		return article(article)
			.then(this.database.sql("DELETE FROM favourite WHERE member_id = :member AND article_id = :article")
				.bind("member", member)
				.bind("article", article)
				.then());
	}

	Mono<Void> savePosition(UUID member, UUID article, int paragraph) {
		return article(article).then(this.database.sql("""
				INSERT INTO reading_position (member_id, article_id, paragraph, saved_at)
				VALUES (:member, :article, :paragraph, :now)
				ON CONFLICT ON CONSTRAINT reading_position_pk
				DO UPDATE SET paragraph = excluded.paragraph, saved_at = excluded.saved_at
				""")
			.bind("member", member)
			.bind("article", article)
			.bind("paragraph", paragraph)
			.bind("now", this.clock.instant())
			.then());
	}

	/** The paragraph where the member stopped, 0 when nowhere. */
	Mono<Integer> position(UUID member, UUID article) {
		return article(article).then(this.database
			.sql("SELECT paragraph FROM reading_position WHERE member_id = :member AND article_id = :article")
			.bind("member", member)
			.bind("article", article)
			.mapValue(Integer.class)
			.one()
			.defaultIfEmpty(0));
	}

	private static Mono<List<PublishedArticle.Summary>> summaries(DatabaseClient.GenericExecuteSpec select,
			@Nullable String words) {
		return select.mapProperties(SummaryRow.class).all().map((row) -> row.summary(words)).collectList();
	}

	record ArticleRow(UUID id, String title, @Nullable String summary, String columnKey, String columnName,
			@Nullable String author, String html, String[] sources, Instant publishedAt) {

		PublishedArticle article() {
			return new PublishedArticle(this.id, this.title, this.summary,
					new PublishedArticle.ColumnName(this.columnKey, this.columnName), this.author, this.html,
					List.of(this.sources), this.publishedAt);
		}

	}

	record SummaryRow(UUID id, String title, @Nullable String summary, String columnKey, String columnName,
			@Nullable String author, Instant publishedAt, @Nullable String html) {

		PublishedArticle.Summary summary(@Nullable String words) {
			String highlight = (this.html != null && words != null) ? Highlight.of(this.html, words) : null;
			return new PublishedArticle.Summary(this.id, this.title, this.summary,
					new PublishedArticle.ColumnName(this.columnKey, this.columnName), this.author, this.publishedAt,
					highlight);
		}

	}

	/**
	 * A kept article.
	 */
	record Favourite(PublishedArticle.Summary article, Instant keptAt) {

	}

	record FavouriteRow(UUID id, String title, @Nullable String summary, String columnKey, String columnName,
			@Nullable String author, Instant publishedAt, Instant keptAt) {

		Favourite favourite() {
			return new Favourite(new PublishedArticle.Summary(this.id, this.title, this.summary,
					new PublishedArticle.ColumnName(this.columnKey, this.columnName), this.author, this.publishedAt,
					null), this.keptAt);
		}

	}

}
