package cn.qingfeng.push;

import java.time.Clock;

import cn.qingfeng.platform.id.IdGenerator;
import cn.qingfeng.push.campaign.Campaign;
import cn.qingfeng.push.campaign.CampaignStore;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * The door to push for other features.
 */
@Service
public class Campaigns {

	private final CampaignStore store;

	private final IdGenerator ids;

	private final Clock clock;

	Campaigns(CampaignStore store, IdGenerator ids, Clock clock) {
		this.store = store;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Takes a campaign over, inside the caller's transaction: it exists when that
	 * commits.
	 * @param campaign what to send to whom and when
	 * @return its id
	 */
	public Mono<CampaignId> start(NewCampaign campaign) {
		return this.store.insert(Campaign.from(campaign, this.ids.next(), this.clock.instant()))
			.map((stored) -> new CampaignId(stored.id()));
	}

}
