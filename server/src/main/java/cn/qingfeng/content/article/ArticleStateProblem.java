package cn.qingfeng.content.article;

import java.util.UUID;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * The article is not in a state that allows this.
 */
final class ArticleStateProblem extends Problem {

	private static final long serialVersionUID = 1;

	ArticleStateProblem(UUID article, ArticleState state) {
		super(HttpStatus.CONFLICT, "article-state");
		with("articleId", article);
		with("state", state);
	}

}
