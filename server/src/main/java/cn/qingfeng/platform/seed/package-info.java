/**
 * Starting content, loaded once.
 */
@NullMarked
package cn.qingfeng.platform.seed;

import org.jspecify.annotations.NullMarked;
