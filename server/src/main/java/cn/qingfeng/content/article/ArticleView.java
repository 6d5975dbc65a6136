package cn.qingfeng.content.article;

import java.util.List;
import java.util.Map;

import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * An article with what else its page shows.
 *
 * @param column with its name
 * @param contentHash SHA-256 in hex of what reviewers sign
 */
public record ArticleView(Article article, ColumnName column, String contentHash) {

	/**
	 * A column by name.
	 */
	public record ColumnName(String key, String name) {

	}

	/**
	 * Completes articles with the names of their columns, in one query.
	 */
	@Component
	public static class Reader {

		private final Columns columns;

		Reader(Columns columns) {
			this.columns = columns;
		}

		public Mono<ArticleView> complete(Article article) {
			return complete(List.of(article)).map(List::getFirst);
		}

		public Mono<List<ArticleView>> complete(List<Article> articles) {
			return this.columns.names()
				.map((names) -> articles.stream().map((article) -> view(article, names)).toList());
		}

		private static ArticleView view(Article article, Map<String, String> names) {
			String key = article.text().column();
			return new ArticleView(article, new ColumnName(key, names.getOrDefault(key, key)), article.text().hash());
		}

	}

}
