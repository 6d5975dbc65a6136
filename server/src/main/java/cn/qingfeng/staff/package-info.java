/**
 * The people who run Qingfeng: their accounts, roles and sessions, and the record of what
 * they did.
 * <p>
 * API: {@link cn.qingfeng.staff.Role}, {@link cn.qingfeng.staff.StaffAccounts} to open
 * accounts and to name people, {@link cn.qingfeng.staff.Audit} to write down what
 * happened in the transaction in which it happened, {@link cn.qingfeng.staff.PolicyGate}
 * to ask whether something that is off by default may be done.
 * <p>
 * Events: none.
 */
@ApplicationModule(displayName = "Staff", allowedDependencies = "platform")
@NullMarked
package cn.qingfeng.staff;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
