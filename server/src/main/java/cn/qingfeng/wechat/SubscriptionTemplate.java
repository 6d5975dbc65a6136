package cn.qingfeng.wechat;

/**
 * A template of messages that need consent.
 *
 * @param templateId the id to ask consent for and to send with
 * @param title the headline
 * @param content the layout with its keys
 * @param longTerm whether one consent is good for any number of messages
 */
public record SubscriptionTemplate(String templateId, String title, String content, boolean longTerm) {

}
