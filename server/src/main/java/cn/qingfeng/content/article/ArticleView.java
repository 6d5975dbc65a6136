package cn.qingfeng.content.article;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.qingfeng.push.Publication;
import cn.qingfeng.push.Publications;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * An article with what else its page shows.
 *
 * @param column with its name
 * @param contentHash SHA-256 in hex of what reviewers sign
 * @param wechat what became of it on the public account, null when it never went there
 */
public record ArticleView(Article article, ColumnName column, String contentHash, @Nullable Publication wechat) {

	/**
	 * A column by name.
	 */
	public record ColumnName(String key, String name) {

	}

	/**
	 * Completes articles, in two queries however many they are.
	 */
	@Component
	public static class Reader {

		private final Columns columns;

		private final Publications publications;

		Reader(Columns columns, Publications publications) {
			this.columns = columns;
			this.publications = publications;
		}

		public Mono<ArticleView> complete(Article article) {
			return complete(List.of(article)).map(List::getFirst);
		}

		public Mono<List<ArticleView>> complete(List<Article> articles) {
			List<UUID> ids = articles.stream().map(Article::id).toList();
			return this.columns.names()
				.flatMap((names) -> this.publications.find(ids)
					.map((published) -> articles.stream()
						.map((article) -> view(article, names, published.get(article.id())))
						.toList()));
		}

		private static ArticleView view(Article article, Map<String, String> names, @Nullable Publication wechat) {
			String key = article.text().column();
			return new ArticleView(article, new ColumnName(key, names.getOrDefault(key, key)), article.text().hash(),
					wechat);
		}

	}

}
