/**
 * Many callers, one statement.
 */
@NullMarked
package cn.qingfeng.platform.batch;

import org.jspecify.annotations.NullMarked;
