package cn.qingfeng.push.delivery;

import java.time.Instant;
import java.util.UUID;

import cn.qingfeng.push.campaign.Channel;
import org.jspecify.annotations.Nullable;

/**
 * One delivery as staff see it.
 *
 * @param member the recipient's name
 */
record DeliveryView(UUID id, String member, @Nullable String unit, Channel channel, DeliveryState state,
		@Nullable String reason, Instant updatedAt) {

}
