package cn.qingfeng.push.consent;

import org.jspecify.annotations.Nullable;

/**
 * What a member allows through one template.
 *
 * @param templateId to ask WeChat's popup with
 * @param title as the popup shows it
 * @param longTerm whether one consent is good for any number of messages
 * @param grants how many messages are allowed; of a long-term template 1 or more means
 * any number
 * @param answer what the member said last, null when never asked
 */
record Consent(String templateId, String title, boolean longTerm, int grants, @Nullable Answer answer) {

}
