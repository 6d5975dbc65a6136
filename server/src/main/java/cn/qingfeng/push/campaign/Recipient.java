package cn.qingfeng.push.campaign;

import java.util.Set;
import java.util.UUID;

import cn.qingfeng.member.MemberReach;
import org.jspecify.annotations.Nullable;

/**
 * A member of the audience with the best channel to them.
 *
 * @param openid whom the channel addresses, null when the member is in no account of ours
 */
public record Recipient(UUID memberId, Channel channel, @Nullable String openid) {

	static Recipient of(CampaignKind kind, MemberReach reach, Set<String> consenting) {
		@Nullable String miniProgram = reach.miniProgramOpenid();
		Channel channel = Channel.best(kind, reach, miniProgram != null && consenting.contains(miniProgram));
		return new Recipient(reach.memberId(), channel,
				(channel == Channel.SUBSCRIPTION_MESSAGE) ? miniProgram : reach.serviceOpenid());
	}

	@Override
	public String toString() {
		return "Recipient[%s]".formatted(this.memberId);
	}

}
