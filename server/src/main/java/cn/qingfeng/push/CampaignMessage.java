package cn.qingfeng.push;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a campaign says through WeChat. The in-app inbox always carries the campaign's own
 * title, summary and link beside it.
 */
public sealed interface CampaignMessage {

	/**
	 * Articles that all followers of the public account receive as one card.
	 *
	 * @param articles one to eight, the first one large
	 */
	record MassArticles(List<ArticleCard> articles) implements CampaignMessage {

		public MassArticles {
			articles = List.copyOf(articles);
		}

	}

	/**
	 * A short notice to each member: a template message for those who follow. It keeps
	 * the quiet hours.
	 *
	 * @param topic what it is about, at most 20 characters, for instance 元旦廉洁提醒
	 */
	record Notice(String topic) implements CampaignMessage {

	}

	/**
	 * One article of a mass send, within WeChat's limits.
	 *
	 * @param title at most 32 characters
	 * @param author at most 16 characters
	 * @param digest at most 120 characters
	 * @param html sanitised, below 20,000 characters
	 * @param link path of our own page behind 阅读原文
	 */
	record ArticleCard(String title, @Nullable String author, String digest, String html, String link) {

	}

}
