package cn.qingfeng.push.campaign;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import cn.qingfeng.member.SmallGroups;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.staff.StaffAccounts;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * A campaign as staff see it.
 *
 * @param campaign the campaign
 * @param author who wrote it
 * @param approver who released it, null until then
 * @param deliveries how many members it is for, 0 before it starts, null when hidden
 */
record CampaignView(Campaign campaign, CampaignKind kind, Person author, @Nullable Person approver,
		@Nullable Integer deliveries) {

	CampaignView shownTo(CurrentStaff staff) {
		return (this.deliveries == null || DeliveryReaders.include(staff)) ? this
				: new CampaignView(this.campaign, this.kind, this.author, this.approver,
						SmallGroups.shown(this.deliveries).map(Math::toIntExact).orElse(null));
	}

	/**
	 * A member of staff by name.
	 */
	record Person(UUID id, String displayName) {

	}

	/**
	 * Completes campaigns with names and numbers, in two queries however many they are.
	 */
	@Component
	static class Reader {

		private static final String GONE = "（已注销）";

		private final DatabaseClient database;

		private final StaffAccounts accounts;

		Reader(DatabaseClient database, StaffAccounts accounts) {
			this.database = database;
			this.accounts = accounts;
		}

		Mono<CampaignView> complete(Campaign campaign) {
			return complete(List.of(campaign)).map(List::getFirst);
		}

		Mono<List<CampaignView>> complete(List<Campaign> campaigns) {
			return names(campaigns).flatMap((names) -> counts(campaigns).map((counts) -> campaigns.stream()
				.map((campaign) -> view(campaign, names, counts.getOrDefault(campaign.id(), 0)))
				.toList()));
		}

		private Mono<Map<UUID, String>> names(List<Campaign> campaigns) {
			return this.accounts.displayNames(campaigns.stream()
				.flatMap((campaign) -> Stream.of(campaign.author(), campaign.approver()))
				.filter(Objects::nonNull)
				.distinct()
				.toList());
		}

		private Mono<Map<UUID, Integer>> counts(List<Campaign> campaigns) {
			return this.database.sql("""
					SELECT campaign_id, count(*)::int AS deliveries FROM delivery
					WHERE campaign_id = ANY(:ids) GROUP BY campaign_id
					""")
				.bind("ids", campaigns.stream().map(Campaign::id).toArray(UUID[]::new))
				.mapProperties(DeliveryCount.class)
				.all()
				.collectMap(DeliveryCount::campaignId, DeliveryCount::deliveries);
		}

		private static CampaignView view(Campaign campaign, Map<UUID, String> names, int deliveries) {
			UUID approver = campaign.approver();
			return new CampaignView(campaign, campaign.kind(), person(campaign.author(), names),
					(approver != null) ? person(approver, names) : null, deliveries);
		}

		private static Person person(UUID id, Map<UUID, String> names) {
			return new Person(id, names.getOrDefault(id, GONE));
		}

		record DeliveryCount(UUID campaignId, int deliveries) {

		}

	}

}
