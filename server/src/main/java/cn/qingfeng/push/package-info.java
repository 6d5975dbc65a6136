/**
 * Pushes a message to an audience, once to each recipient, and knows what became of it.
 * Features hand over a {@link cn.qingfeng.push.NewCampaign} to
 * {@link cn.qingfeng.push.Campaigns}; push knows none of them. What concerns a few
 * members goes to their inbox alone, through {@link cn.qingfeng.push.InboxNotices}. Each
 * member has one delivery in a campaign, and each delivery ends in a definite state or in
 * doubt. Single articles go to the public account through
 * {@link cn.qingfeng.push.Publications}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "platform", "staff", "member", "wechat" })
package cn.qingfeng.push;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
