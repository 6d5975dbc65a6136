/**
 * Figures about followers and articles, told on the morning after.
 */
@NullMarked
package cn.qingfeng.local.sandbox.statistics;

import org.jspecify.annotations.NullMarked;
