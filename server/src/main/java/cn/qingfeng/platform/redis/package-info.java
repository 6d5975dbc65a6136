/**
 * Redis: fast when there, never needed.
 */
@NullMarked
package cn.qingfeng.platform.redis;

import org.jspecify.annotations.NullMarked;
