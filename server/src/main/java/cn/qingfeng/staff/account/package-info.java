/**
 * Accounts of staff, their passwords and sessions.
 */
@NullMarked
package cn.qingfeng.staff.account;

import org.jspecify.annotations.NullMarked;
