/**
 * The policy gate: what is off by default, and who let it be switched on until when.
 */
@NullMarked
package cn.qingfeng.staff.policy;

import org.jspecify.annotations.NullMarked;
