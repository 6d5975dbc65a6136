/**
 * The form check of the starting content.
 */
@NullMarked
package cn.qingfeng.seeds;

import org.jspecify.annotations.NullMarked;
