/**
 * Facts that survive between modules: written with the change, delivered after it.
 */
@NullMarked
package cn.qingfeng.platform.outbox;

import org.jspecify.annotations.NullMarked;
