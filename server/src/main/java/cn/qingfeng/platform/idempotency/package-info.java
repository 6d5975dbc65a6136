/**
 * The same request twice has one effect and one answer.
 */
@NullMarked
package cn.qingfeng.platform.idempotency;

import org.jspecify.annotations.NullMarked;
