/**
 * The ground everything stands on: one thread that owns all state, a clock that can be
 * moved, jobs that follow it, ids grown from a seed.
 */
@NullMarked
package cn.qingfeng.local.sandbox.world;

import org.jspecify.annotations.NullMarked;
