/**
 * The business clock and zone.
 */
@NullMarked
package cn.qingfeng.platform.time;

import org.jspecify.annotations.NullMarked;
