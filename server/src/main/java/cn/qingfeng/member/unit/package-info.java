/**
 * The tree of units and which part of it somebody of staff may see.
 */
@NullMarked
package cn.qingfeng.member.unit;

import org.jspecify.annotations.NullMarked;
