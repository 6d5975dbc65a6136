/**
 * Limits that hold on all nodes together and need no Redis.
 */
@NullMarked
package cn.qingfeng.platform.limit;

import org.jspecify.annotations.NullMarked;
