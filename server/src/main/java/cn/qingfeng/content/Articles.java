package cn.qingfeng.content;

import cn.qingfeng.content.article.ArticleWriting;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * The door to content for other features.
 */
@Service
public class Articles {

	private final ArticleWriting writing;

	Articles(ArticleWriting writing) {
		this.writing = writing;
	}

	/**
	 * Writes an article and hands it to the reviewers, inside the caller's transaction.
	 * @param article the article
	 * @return its id
	 */
	public Mono<ArticleId> submit(NewArticle article) {
		return this.writing.submit(article).map((written) -> new ArticleId(written.id()));
	}

}
