package cn.qingfeng.push;

import java.util.UUID;

/**
 * A short word to some members about something of their own, in the app's inbox only.
 *
 * @param id told again under the same id, nobody gets it twice
 * @param topic what it is about, at most 20 characters
 * @param title what the inbox and the console show
 * @param summary one or two sentences for the inbox
 * @param link path of our own H5 page
 * @param author the member of staff behind it
 * @param approver who released it, never the author
 */
public record InboxNotice(UUID id, String topic, String title, String summary, String link, UUID author,
		UUID approver) {

}
