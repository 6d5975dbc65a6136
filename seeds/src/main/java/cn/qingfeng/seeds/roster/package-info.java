/**
 * A fictional roster of any size up to 9,999, the same on every machine.
 */
@NullMarked
package cn.qingfeng.seeds.roster;

import org.jspecify.annotations.NullMarked;
