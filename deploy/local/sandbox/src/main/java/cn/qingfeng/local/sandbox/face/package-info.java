/**
 * The phone that a person holds.
 */
@NullMarked
package cn.qingfeng.local.sandbox.face;

import org.jspecify.annotations.NullMarked;
