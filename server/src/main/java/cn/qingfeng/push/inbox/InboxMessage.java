package cn.qingfeng.push.inbox;

import java.time.Instant;
import java.util.UUID;

/**
 * One message in a member's inbox.
 *
 * @param link path of our own H5 page
 */
record InboxMessage(UUID id, String title, String body, String link, Instant sentAt, boolean read) {

}
