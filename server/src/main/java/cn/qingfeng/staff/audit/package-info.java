/**
 * Reading and verifying the audit.
 */
@NullMarked
package cn.qingfeng.staff.audit;

import org.jspecify.annotations.NullMarked;
