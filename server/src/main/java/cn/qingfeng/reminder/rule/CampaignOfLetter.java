package cn.qingfeng.reminder.rule;

import cn.qingfeng.content.ArticleId;
import cn.qingfeng.content.ArticlePublished;
import cn.qingfeng.platform.outbox.OutboxHandler;
import cn.qingfeng.push.CampaignMessage;
import cn.qingfeng.push.Campaigns;
import cn.qingfeng.push.NewCampaign;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Turns a published letter into a campaign, which then waits for an approver and its
 * hour.
 */
@Component
class CampaignOfLetter implements OutboxHandler<ArticlePublished> {

	private final Letters letters;

	private final Campaigns campaigns;

	CampaignOfLetter(Letters letters, Campaigns campaigns) {
		this.letters = letters;
		this.campaigns = campaigns;
	}

	@Override
	public Class<ArticlePublished> type() {
		return ArticlePublished.class;
	}

	@Override
	public Mono<Void> handle(ArticlePublished event) {
		return this.letters.ofArticle(event.articleId())
			.filter((letter) -> letter.campaignId() == null)
			.flatMap((letter) -> this.campaigns.start(campaign(letter))
				.flatMap((campaign) -> this.letters.setCampaign(letter.id(), campaign.value())))
			.then();
	}

	private static NewCampaign campaign(Letter letter) {
		return new NewCampaign(letter.title(), letter.summary(), new ArticleId(letter.articleId()).link(),
				new CampaignMessage.Notice(letter.topic()), letter.dueAt(), letter.authorId(), null);
	}

}
