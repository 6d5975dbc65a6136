package cn.qingfeng.push;

import java.util.UUID;

/**
 * The id of a campaign.
 *
 * @param value time-ordered
 */
public record CampaignId(UUID value) {

}
