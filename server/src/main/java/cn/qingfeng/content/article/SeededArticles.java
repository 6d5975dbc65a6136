package cn.qingfeng.content.article;

import java.util.List;
import java.util.UUID;

import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Finds articles of the starting content by their keys.
 */
@Component
public class SeededArticles {

	private final ArticleStore articles;

	SeededArticles(ArticleStore articles) {
		this.articles = articles;
	}

	/** The ids in the order of the keys. */
	public Mono<List<UUID>> ids(List<String> keys) {
		return this.articles.idsOfSeeds(keys);
	}

}
