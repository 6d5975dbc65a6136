/**
 * The clock that can be turned, so that a year can be played through in an hour.
 */
@NullMarked
package cn.qingfeng.local.clock;

import org.jspecify.annotations.NullMarked;
