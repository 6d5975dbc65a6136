package cn.qingfeng.push;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A campaign that another feature hands over.
 *
 * @param title what the inbox and the console show
 * @param summary one or two sentences for the inbox
 * @param link path of our own H5 page
 * @param message what goes out through WeChat
 * @param sendAt not before this moment
 * @param author the member of staff who wrote it
 * @param approver who released it already, as a publisher releases a monthly issue; null
 * when an approver still has to. Never the author.
 */
public record NewCampaign(String title, String summary, String link, CampaignMessage message, Instant sendAt,
		UUID author, @Nullable UUID approver) {

}
