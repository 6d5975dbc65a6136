/**
 * Rules, the letters made from them, and their way to a campaign.
 */
@NullMarked
package cn.qingfeng.reminder.rule;

import org.jspecify.annotations.NullMarked;
