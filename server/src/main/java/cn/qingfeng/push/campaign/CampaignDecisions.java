package cn.qingfeng.push.campaign;

import java.time.Clock;
import java.util.UUID;
import java.util.function.UnaryOperator;

import cn.qingfeng.platform.problem.NotFoundProblem;
import cn.qingfeng.platform.reactor.Transactions;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.staff.Audit;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * What people decide about a campaign. Each decision and its audit entry are one
 * transaction.
 */
@Service
class CampaignDecisions {

	private final CampaignStore campaigns;

	private final Transactions transactions;

	private final Audit audit;

	private final Clock clock;

	CampaignDecisions(CampaignStore campaigns, Transactions transactions, Audit audit, Clock clock) {
		this.campaigns = campaigns;
		this.transactions = transactions;
		this.audit = audit;
		this.clock = clock;
	}

	Mono<Campaign> approve(UUID id) {
		return CurrentStaff.mono()
			.flatMap((staff) -> decide(id, "campaign.approve",
					(campaign) -> campaign.approve(staff.staffId(), this.clock.instant())));
	}

	Mono<Campaign> pause(UUID id) {
		return decide(id, "campaign.pause", (campaign) -> campaign.pause("人工暂停"));
	}

	Mono<Campaign> resume(UUID id) {
		return decide(id, "campaign.resume", Campaign::resume);
	}

	Mono<Campaign> cancel(UUID id) {
		return decide(id, "campaign.cancel", Campaign::cancel);
	}

	private Mono<Campaign> decide(UUID id, String action, UnaryOperator<Campaign> decision) {
		return this.campaigns.find(id)
			.switchIfEmpty(Mono.error(() -> new NotFoundProblem()))
			.map(decision)
			.flatMap(this.campaigns::update)
			.flatMap((campaign) -> this.audit.record(action, id.toString()).thenReturn(campaign))
			.as(this.transactions::inTransaction);
	}

}
