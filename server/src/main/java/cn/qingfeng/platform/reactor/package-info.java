/**
 * Where Reactor is driven by hand: transactions, background loops, schedulers, shared
 * loads.
 */
@NullMarked
package cn.qingfeng.platform.reactor;

import org.jspecify.annotations.NullMarked;
