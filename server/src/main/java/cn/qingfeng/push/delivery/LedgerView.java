package cn.qingfeng.push.delivery;

import java.util.List;
import java.util.UUID;

/**
 * Counted deliveries.
 *
 * @param total all deliveries of the campaign
 */
record LedgerView(UUID campaignId, int total, List<Group> groups) {

	static LedgerView of(UUID campaign, List<Group> groups) {
		return new LedgerView(campaign, groups.stream().mapToInt(Group::count).sum(), groups);
	}

	record Group(String key, int count) {

	}

}
