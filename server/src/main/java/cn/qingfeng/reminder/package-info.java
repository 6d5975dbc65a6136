/**
 * Reminders before holidays: the calendar computes the days, rules say when to write, a
 * letter goes through review like any article, and once published it becomes a campaign
 * that waits for an approver and its hour. Offers no API to other features.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "platform", "staff", "content", "push" })
package cn.qingfeng.reminder;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
