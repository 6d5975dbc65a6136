package cn.qingfeng.push.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import cn.qingfeng.platform.reactor.BackgroundLoops;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.push.PushProperties;
import cn.qingfeng.push.campaign.Campaign;
import cn.qingfeng.push.campaign.CampaignKind;
import cn.qingfeng.push.campaign.CampaignState;
import cn.qingfeng.push.campaign.CampaignStore;
import cn.qingfeng.push.campaign.QuietHours;
import cn.qingfeng.push.campaign.ReachPlanner;
import cn.qingfeng.push.campaign.Recipient;
import cn.qingfeng.push.inbox.Inbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Starts released campaigns at their hour: all deliveries and inbox messages in one
 * transaction, on one node. A campaign whose hour passed while nobody could start it is
 * held for a person, never sent late by itself.
 */
@Component
class CampaignStarter {

	private static final Logger log = LoggerFactory.getLogger(CampaignStarter.class);

	private final CampaignStore campaigns;

	private final ReachPlanner planner;

	private final DeliveryStore deliveries;

	private final Inbox inbox;

	private final DatabaseClient database;

	private final Transactions transactions;

	private final QuietHours quietHours;

	private final Duration latestStart;

	private final Clock clock;

	CampaignStarter(CampaignStore campaigns, ReachPlanner planner, DeliveryStore deliveries, Inbox inbox,
			DatabaseClient database, Transactions transactions, QuietHours quietHours, PushProperties properties,
			Clock clock, BackgroundLoops loops) {
		this.campaigns = campaigns;
		this.planner = planner;
		this.deliveries = deliveries;
		this.inbox = inbox;
		this.database = database;
		this.transactions = transactions;
		this.quietHours = quietHours;
		this.latestStart = properties.latestStart();
		this.clock = clock;
		loops.start("campaign-start", Duration.ofSeconds(1), this::startNext);
	}

	private Mono<Boolean> startNext() {
		Instant now = this.clock.instant();
		return this.campaigns.lockDue(now, this.quietHours.contain(now))
			.flatMap((campaign) -> isTooLate(campaign, now) ? hold(campaign) : start(campaign, now))
			.as(this.transactions::inTransaction)
			.defaultIfEmpty(false);
	}

	private boolean isTooLate(Campaign campaign, Instant now) {
		Instant hour = (campaign.kind() == CampaignKind.NOTICE) ? this.quietHours.firstAllowed(campaign.sendAt())
				: campaign.sendAt();
		return now.isAfter(hour.plus(this.latestStart));
	}

	private Mono<Boolean> hold(Campaign campaign) {
		log.warn("campaign {} missed its hour and is held", campaign.id());
		return this.campaigns.move(campaign.id(), CampaignState.APPROVED, CampaignState.HELD, "已过发送时间，请确认是否仍要发送");
	}

	private Mono<Boolean> start(Campaign campaign, Instant now) {
		return this.planner.walk(campaign, (page) -> deliverTo(campaign, page, now))
			.reduce(0L, Long::sum)
			.doOnNext((members) -> log.info("campaign {} starts for {} members", campaign.id(), members))
			.then(prepareMassSend(campaign))
			.then(this.campaigns.move(campaign.id(), CampaignState.APPROVED, CampaignState.SENDING, null));
	}

	private Mono<Long> deliverTo(Campaign campaign, List<Recipient> page, Instant now) {
		return this.deliveries.insert(campaign, page)
			.flatMap((rows) -> this.inbox.put(campaign.id(), page.stream().map(Recipient::memberId).toList(), now)
				.thenReturn(rows));
	}

	private Mono<Void> prepareMassSend(Campaign campaign) {
		if (campaign.kind() != CampaignKind.MASS_ARTICLE) {
			return Mono.empty();
		}
		return this.database.sql("INSERT INTO mass_send (campaign_id) VALUES (:id) ON CONFLICT DO NOTHING")
			.bind("id", campaign.id())
			.then();
	}

}
