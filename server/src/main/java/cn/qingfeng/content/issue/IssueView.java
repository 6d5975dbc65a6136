package cn.qingfeng.content.issue;

import java.util.List;
import java.util.UUID;

import cn.qingfeng.content.article.ArticleView;
import cn.qingfeng.content.article.ArticleWriting;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.RoundSummary;
import cn.qingfeng.quiz.Rounds;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * An issue with what it binds.
 */
record IssueView(MonthlyIssue issue, String contentHash, List<ArticleView> articles, @Nullable RoundSummary quiz) {

	/**
	 * Completes an issue, in a constant number of queries.
	 */
	@Component
	static class Reader {

		private final IssueEditing editing;

		private final ArticleWriting articles;

		private final ArticleView.Reader articleViews;

		private final Rounds rounds;

		Reader(IssueEditing editing, ArticleWriting articles, ArticleView.Reader articleViews, Rounds rounds) {
			this.editing = editing;
			this.articles = articles;
			this.articleViews = articleViews;
			this.rounds = rounds;
		}

		Mono<IssueView> complete(MonthlyIssue issue) {
			return this.editing.contentHash(issue)
				.flatMap((hash) -> this.articles.find(issue.articles())
					.flatMap(this.articleViews::complete)
					.flatMap((articles) -> withQuiz(issue, hash, articles)));
		}

		private Mono<IssueView> withQuiz(MonthlyIssue issue, String hash, List<ArticleView> articles) {
			UUID quiz = issue.quiz();
			Mono<RoundSummary> round = (quiz != null) ? this.rounds.find(new RoundId(quiz)) : Mono.empty();
			return round.map((summary) -> new IssueView(issue, hash, articles, summary))
				.defaultIfEmpty(new IssueView(issue, hash, articles, null));
		}

	}

}
