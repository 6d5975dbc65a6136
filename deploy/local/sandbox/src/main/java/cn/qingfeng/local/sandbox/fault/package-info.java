/**
 * Faults on demand: slow, broken, refused, or applied and never answered.
 */
@NullMarked
package cn.qingfeng.local.sandbox.fault;

import org.jspecify.annotations.NullMarked;
