package cn.qingfeng.push.campaign;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Who would be reached by which channel. Each member has one best channel; the in-app
 * inbox holds the message for everybody.
 *
 * @param members active members
 * @param channels how many by each channel
 * @param unreachable members whom no WeChat channel reaches
 * @param remarks what an approver should know, in Chinese
 */
record ReachPlan(int members, List<ChannelCount> channels, int unreachable, List<String> remarks) {

	static ReachPlan of(Campaign campaign, Collection<Recipient> recipients) {
		Map<Channel, Integer> counts = new EnumMap<>(Channel.class);
		recipients.forEach((recipient) -> counts.merge(recipient.channel(), 1, Integer::sum));
		List<ChannelCount> channels = counts.entrySet()
			.stream()
			.map((entry) -> new ChannelCount(entry.getKey(), entry.getValue()))
			.toList();
		return new ReachPlan(recipients.size(), channels, counts.getOrDefault(Channel.INBOX, 0), remarks(campaign));
	}

	private static List<String> remarks(Campaign campaign) {
		return switch (campaign.kind()) {
			case MASS_ARTICLE -> List.of("群发会送达全部关注者，包括尚未绑定的人；服务号每位关注者每月最多收到 4 次群发。");
			case NOTICE -> List.of("21:00 至次日 8:00 不发送；未关注公众号的党员，同意过订阅消息的由小程序提醒，其余的在站内信中查看。");
		};
	}

	record ChannelCount(Channel channel, int members) {

	}

}
