package cn.qingfeng.content.issue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

import cn.qingfeng.content.article.Article;
import cn.qingfeng.content.article.ArticleWriting;
import cn.qingfeng.push.CampaignMessage.ArticleCard;
import cn.qingfeng.push.CampaignMessage.MassArticles;
import cn.qingfeng.push.NewCampaign;
import cn.qingfeng.quiz.RoundId;
import cn.qingfeng.quiz.RoundSummary;
import cn.qingfeng.quiz.Rounds;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * The push that carries an issue: its articles in their order, then a card that leads to
 * the quiz.
 */
@Component
class IssueCampaign {

	private static final String QUIZ_CARD = """
			<p>本月知识测试已经开放，共二十道题，答案随答随存，中途退出后可以接着答。</p>\
			<p>点击文末“阅读原文”进入答题。</p>""";

	private final ArticleWriting articles;

	private final Rounds rounds;

	IssueCampaign(ArticleWriting articles, Rounds rounds) {
		this.articles = articles;
		this.rounds = rounds;
	}

	Mono<NewCampaign> compose(MonthlyIssue issue, UUID publisher, Instant now) {
		return this.articles.find(issue.articles())
			.flatMap(
					(bound) -> quizCard(issue).map((card) -> withLast(cards(bound), card)).defaultIfEmpty(cards(bound)))
			.map((cards) -> campaign(issue, cards, publisher, now));
	}

	private Mono<ArticleCard> quizCard(MonthlyIssue issue) {
		UUID quiz = issue.quiz();
		return (quiz != null) ? this.rounds.find(new RoundId(quiz)).map(IssueCampaign::card) : Mono.empty();
	}

	private static NewCampaign campaign(MonthlyIssue issue, List<ArticleCard> cards, UUID publisher, Instant now) {
		String contents = cards.stream().map(ArticleCard::title).collect(Collectors.joining("；"));
		return new NewCampaign(issue.title(), "本期内容：" + contents + "。", "/m/#/pages/learn/index?month=" + issue.month(),
				new MassArticles(cards), now, Objects.requireNonNull(issue.editor()), publisher);
	}

	private static List<ArticleCard> cards(List<Article> articles) {
		return articles.stream().map(Article::card).toList();
	}

	private static ArticleCard card(RoundSummary round) {
		return new ArticleCard(round.title(), null, "点击进入本月知识测试，看看掌握了多少。", QUIZ_CARD, "/m/#/pages/quiz/index");
	}

	private static List<ArticleCard> withLast(List<ArticleCard> cards, ArticleCard last) {
		List<ArticleCard> all = new ArrayList<>(cards);
		all.add(last);
		return all;
	}

}
